use super::*;
use crate::facts::tests::{api, names, resource};
use crate::facts::{Account, GrantFact, PageKind, UrlPlace};

#[test]
fn all_data_files_are_valid() {
    let locales: Vec<&str> = LANGUAGES
        .iter()
        .map(|language| language.locale.as_str())
        .collect();
    assert_eq!(locales, ["zh-cn"]);
}

#[test]
fn english_forms_of_headings() {
    let check = |raw, expected| assert_eq!(english_heading(raw, LANGUAGES.first()), expected);
    check("属性", "Properties");
    check("HTTP 请求", "HTTP request");
    check("示例 2：按名称筛选", "Example 2:按名称筛选");
    check("thing 资源类型", "thing resource type");
    check("hueKind 值", "hueKind values");
    check("**hueKind** 枚举", "hueKind enumeration");
    check(
        "<a name=\"huekind-values\"></a>hueKind 值",
        "hueKind values",
    );
    check("<a name=\"properties\"></a>Properties", "Properties");
    check("别的东西", "别的东西");
}

#[test]
fn anchors_are_read_in_any_language() {
    let (page, _) = resource(
        "---\nms.contentlocale: fr-fr\n---\n# <a name=\"redlamp-resource-type\"></a>type de ressource redLamp\n\n\
         ## <a name=\"properties\"></a>Propriétés\n\n|Propriété|Type|Description|\n|:--|:--|:--|\n|id|String|La clé.|\n",
    );
    assert_eq!(page.kind, PageKind::Resource);
    assert_eq!(page.locale.as_deref(), Some("fr-fr"));
    assert_eq!(page.resources[0].name.value, "redLamp");
}

#[test]
fn chinese_resource() {
    let (page, report) = resource(
        "# thing 资源类型\n\n命名空间：microsoft.graph\n\n表示一个东西。继承自 [entity](entity.md)。\n\n\
         ## 属性\n\n|属性|类型|说明|\n|:---|:---|:---|\n|id|字符串|实体的键。只读。|\n\
         |hues|[hue](#hue-values) 集合|颜色。可能的值为：`red`、`blue`。|\n|isOn|布尔值|可选。|\n\n\
         ## 关系\n\n|关系|类型|说明|\n|:---|:---|:---|\n|parts|[part](part.md) 集合|各部分。可为空。|\n\n\
         ### hueKind 值\n\n|成员|说明|\n|:---|:---|\n|red|红。|\n",
    );
    assert_eq!(report.problems(), []);
    assert_eq!(
        page.namespace.map(|line| line.value).as_deref(),
        Some("microsoft.graph")
    );
    let thing = &page.resources[0];
    assert_eq!(thing.name.value, "thing");
    assert_eq!(names(&thing.properties), ["id", "hues", "isOn"]);
    assert_eq!(names(&thing.relationships), ["parts"]);
    let phrases: Vec<_> = thing
        .properties
        .iter()
        .map(|row| &row.type_phrase.value)
        .map(|phrase| (phrase.names[0].text.as_str(), phrase.collection))
        .collect();
    assert_eq!(
        phrases,
        [("String", false), ("hue", true), ("Boolean", false)]
    );
    assert!(thing.properties[0].read_only && thing.properties[0].key);
    assert_eq!(thing.properties[1].values, ["red", "blue"]);
    assert_eq!(page.enums[0].name.value, "hueKind");
}

#[test]
fn chinese_operation() {
    let (page, report) = api(
        "# 更新 thing\n\n命名空间：microsoft.graph\n\n更新一个东西。\n\n\
         ## 权限\n\n|权限类型|权限（从最低特权到最高特权）|\n|:---|:---|\n\
         |委派（工作或学校帐户）|Thing.Read、Thing.ReadWrite|\n|委派（个人 Microsoft 帐户）|不支持。|\n|应用程序|Thing.ReadWrite.All|\n\n\
         ## HTTP 请求\n\n```http\nPATCH /things/{id}\n```\n\n\
         ## 可选的查询参数\n\n|参数|类型|说明|\n|:---|:---|:---|\n|$select|字符串|属性。|\n\n\
         ## 请求标头\n\n|名称|说明|\n|:---|:---|\n|授权|持有者 {token}。必需。|\n\n\
         ## 请求正文\n\n在请求正文中，提供 [thing](../resources/thing.md) 对象的 JSON 表示形式。\n\n\
         ## 响应\n\n如果成功，此方法在响应正文中返回 `200 OK` 响应代码和 [thing](../resources/thing.md) 对象集合。\n\n\
         ## 示例\n\n### 请求\n\n```http\nPATCH https://graph.microsoft.com/v1.0/things/1\n```\n\n\
         ### 响应\n\n```http\nHTTP/1.1 200 OK\n```\n",
    );
    assert_eq!(report.problems(), []);
    let facts = page.operation.unwrap();
    let accounts: Vec<_> = facts.permissions.iter().map(|row| row.account).collect();
    assert_eq!(
        accounts,
        [
            Account::DelegatedWork,
            Account::DelegatedPersonal,
            Account::Application
        ]
    );
    let GrantFact::AnyOf(sets) = &facts.permissions[0].grant else {
        panic!("permissions are expected");
    };
    assert_eq!(sets.sets.len(), 2);
    assert_eq!(facts.permissions[1].grant, GrantFact::NotSupported);
    assert_eq!(facts.url_parameters[0].place, UrlPlace::Query);
    assert_eq!(facts.request_headers[0].name.value, "Authorization");
    let body = facts.request_body.represents.unwrap().value;
    assert_eq!(body.names[0].text, "thing");
    assert_eq!(facts.response.statuses[0].value, 200);
    let content = facts.response.content.unwrap().value;
    assert_eq!(
        (content.names[0].text.as_str(), content.collection),
        ("thing", true)
    );
    assert_eq!(facts.examples.len(), 1);
    assert!(facts.examples[0].response.is_some());
}
