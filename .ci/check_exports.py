"""Validates an OpenAPI document and a CSDL document.

Usage: check_exports.py OPENAPI CSDL EDMX_SCHEMA
"""

import json
import sys

import schemathesis
from lxml import etree
from openapi_spec_validator import OpenAPIV31SpecValidator

SHOWN = 20


def main(openapi: str, csdl: str, edmx_schema: str) -> int:
    with open(openapi, encoding="utf-8") as file:
        document = json.load(file)
    errors = [f"openapi-spec-validator: {error.message}" for error in OpenAPIV31SpecValidator(document).iter_errors()]
    operations = 0
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    for operation in schema.get_all_operations():
        operations += 1
        try:
            operation.ok()
        except Exception as error:
            errors.append(f"schemathesis: {error}")
    edmx = etree.XMLSchema(etree.parse(edmx_schema))
    edmx.validate(etree.parse(csdl, etree.XMLParser(huge_tree=True)))
    errors += [f"CSDL, line {error.line}: {error.message}" for error in edmx.error_log]
    for error in errors[:SHOWN]:
        print(error, file=sys.stderr)
    print(f"{operations} operations, {len(errors)} errors")
    return 1 if errors or operations == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
