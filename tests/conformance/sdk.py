"""Uses the local server with the official Python SDK. Run by `cargo xtask conformance`.

The environment variables ORIGIN (https://localhost:PORT), SSL_CERT_FILE and FAULTS (empty without faults) describe the server.
"""

import asyncio
import os
from io import BytesIO

from azure.identity import ClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (
    CreateUploadSessionPostRequestBody,
)
from msgraph.generated.models.drive_item import DriveItem
from msgraph.generated.models.drive_item_uploadable_properties import DriveItemUploadableProperties
from msgraph.generated.models.group import Group
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.user import User
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.tasks.large_file_upload import LargeFileUploadTask
from msgraph_core.tasks.page_iterator import PageIterator

ORIGIN = os.environ["ORIGIN"]
USERS = int(os.environ["ITEMS"])


def connect() -> GraphServiceClient:
    credential = ClientSecretCredential(
        "11111111-2222-3333-4444-555555555555",
        "00000000-0000-0000-0000-000000000000",
        "a-secret",
        authority=ORIGIN,
        disable_instance_discovery=True,
        connection_verify=os.environ["SSL_CERT_FILE"],
    )
    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=["https://graph.microsoft.com/.default"], allowed_hosts=["localhost"]
    )
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = f"{ORIGIN}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


async def items(client: GraphServiceClient) -> None:
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        top=5,
        count=True,
        select=["id", "displayName"],
        filter="startswith(displayName,'a') or not (accountEnabled eq true) and id ne null",
        orderby=["displayName desc"],
    )
    page = await client.users.get(RequestConfiguration(query_parameters=query))
    assert len(page.value) == 5, page.value
    user = await client.users.post(
        User(display_name="Anna", user_principal_name="anna@example.com", account_enabled=True)
    )
    assert user.id and user.display_name == "Anna"
    found = await client.users.by_user_id("anna@example.com").get()
    assert found.id == user.id
    await client.users.by_user_id(user.id).patch(User(display_name="Berta"))
    assert (await client.users.by_user_id(user.id).get()).display_name == "Berta"

    group = await client.groups.post(Group(display_name="Team", mail_nickname="team"))
    members = client.groups.by_group_id(group.id).members
    assert (await members.get()).value == []
    url = f"{ORIGIN}/v1.0/directoryObjects/{user.id}"
    await members.ref.post(ReferenceCreate(odata_id=url))
    listed = (await members.get()).value
    assert [member.id for member in listed] == [user.id]
    assert isinstance(listed[0], User), listed[0]

    await client.users.by_user_id(user.id).delete()
    try:
        await client.users.by_user_id(user.id).get()
        raise AssertionError("a deleted user was returned")
    except ODataError as error:
        assert error.response_status_code == 404
        assert error.error.code == "Request_ResourceNotFound", error.error.code
        assert error.error.inner_error.request_id
        assert error.error.inner_error.date
    try:
        wrong = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(select=["noSuchProperty"])
        await client.users.get(RequestConfiguration(query_parameters=wrong))
        raise AssertionError("an unknown property was selected")
    except APIError as error:
        assert error.response_status_code == 400


async def pages(client: GraphServiceClient) -> None:
    first = await client.users.get()
    seen = []

    def take(user: User) -> bool:
        seen.append(user.id)
        return True

    await PageIterator(first, client.request_adapter).iterate(take)
    assert len(seen) == len(set(seen)) == USERS, len(seen)


async def deltas(client: GraphServiceClient) -> None:
    delta = client.users.delta
    page = await delta.get()
    while page.odata_next_link:
        page = await delta.with_url(page.odata_next_link).get()
    user = await client.users.post(User(display_name="New", user_principal_name="new@example.com"))
    page = await delta.with_url(page.odata_delta_link).get()
    assert [changed.id for changed in page.value] == [user.id]


async def batches(client: GraphServiceClient) -> None:
    content = BatchRequestContent()
    for path in ("users?$top=2", "users/nobody"):
        request = RequestInformation()
        request.http_method = Method.GET
        request.url = f"{client.request_adapter.base_url}/{path}"
        content.add_request_information(request)
    responses = await client.batch.post(content)
    statuses = sorted(response.status for response in responses.responses.values())
    assert statuses == [200, 404], statuses


async def uploads(client: GraphServiceClient) -> None:
    path = f"{ORIGIN}/v1.0/me/drive/root:/july.bin"
    body = CreateUploadSessionPostRequestBody(item=DriveItemUploadableProperties(name="july.bin"))
    # The SDK has builders for items of drives only; the URL replaces theirs.
    file = client.drives.by_drive_id("").items.by_drive_item_id("")
    content = bytes(index % 251 for index in range(700_000))
    session = await file.create_upload_session.with_url(f"{path}:/createUploadSession").post(body)
    task = LargeFileUploadTask(
        session, client.request_adapter, BytesIO(content), DriveItem, max_chunk_size=327_680
    )
    result = await task.upload()
    uploaded = result.item_response
    assert (uploaded.name, uploaded.size) == ("july.bin", len(content)), uploaded
    stored = await file.with_url(path).get()
    assert (stored.id, stored.size) == (uploaded.id, len(content)), stored
    assert await file.content.with_url(f"{path}:/content").get() == content


async def main() -> None:
    client = connect()
    for step in (items, pages, deltas, batches, uploads):
        if step is uploads and os.environ["FAULTS"]:
            print("python: uploads skipped: the SDK does not send a throttled range again")
            continue
        await step(client)
        print(f"python: {step.__name__} passed")


asyncio.run(main())
