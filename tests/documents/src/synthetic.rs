//! A synthetic document of a typical API, with any number of operations.

use std::fmt::Write;

/// The operations per resource: list, create, get, update, delete.
const OPERATIONS: usize = 5;

/// The settings for a synthetic document.
pub const SETTINGS: &str = r#"
[envelope]
success = "success"
data = "data"

[pagination]
page_parameter = "page"
limit_parameter = "limit"
property = "pagination"
fields = { page = "page", total_count = "total" }
"#;

/// Returns a document with at least `operations` operations, five per resource. Its length grows linearly.
///
/// Every resource references the previous one, so that the last one reaches all types.
pub fn synthetic(operations: usize) -> String {
    let resources = operations.div_ceil(OPERATIONS);
    let mut text = HEAD.to_owned();
    text.push_str("paths:\n");
    for number in 0..resources {
        push(&mut text, PATHS, number);
    }
    text.push_str(COMPONENTS);
    for number in 0..resources {
        push(&mut text, SCHEMAS, number);
        if let Some(before) = number.checked_sub(1) {
            let _ = writeln!(text, "        parent: {{$ref: '#/components/schemas/Thing{before}'}}");
        }
    }
    text
}

fn push(text: &mut String, template: &str, number: usize) {
    text.push_str(&template.replace('#', &number.to_string()).replace("$ref: '", "$ref: '#/components/"));
}

const HEAD: &str = "openapi: 3.0.3
info: {title: Synthetic, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
security: [{key: []}]
";

/// The paths of one resource; `#` is its number.
const PATHS: &str = "  /things#:
    get:
      operationId: list_things#
      tags: [Things#]
      summary: List the things.
      description: |
        All things of this account, the newest first.

        - one `page` after the other
        - see https://example.com/docs
      parameters:
        - {$ref: 'parameters/page'}
        - {$ref: 'parameters/limit'}
        - name: status
          in: query
          schema: {type: array, items: {$ref: 'schemas/Thing#Status'}}
        - {name: since, in: query, description: Those after this time., schema: {type: string, format: date-time}}
      responses:
        '200':
          description: A page of things.
          content:
            application/json:
              schema:
                type: object
                required: [success, data, pagination]
                properties:
                  success: {type: boolean}
                  data: {type: array, items: {$ref: 'schemas/Thing#'}}
                  pagination: {$ref: 'schemas/Pagination'}
        default: {$ref: 'responses/Failure'}
    post:
      operationId: create_thing#
      tags: [Things#]
      summary: Make a thing.
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: 'schemas/CreateThing#'}}}
      responses:
        '201': {description: The thing., content: {application/json: {schema: {$ref: 'schemas/Thing#Body'}}}}
        '422': {$ref: 'responses/Failure'}
  /things#/{id}:
    parameters: [{$ref: 'parameters/id'}]
    get:
      operationId: get_thing#
      tags: [Things#]
      summary: Read a thing.
      responses:
        '200': {description: The thing., content: {application/json: {schema: {$ref: 'schemas/Thing#Body'}}}}
        '404': {$ref: 'responses/Failure'}
    put:
      operationId: update_thing#
      tags: [Things#]
      summary: Change a thing.
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: 'schemas/UpdateThing#'}}}
      responses:
        '200': {description: The thing., content: {application/json: {schema: {$ref: 'schemas/Thing#Body'}}}}
    delete:
      operationId: delete_thing#
      tags: [Things#]
      summary: Remove a thing.
      responses:
        '204': {description: It is gone.}
";

const COMPONENTS: &str = "components:
  securitySchemes:
    key: {type: http, scheme: bearer}
  parameters:
    id: {name: id, in: path, required: true, schema: {type: string, format: uuid}}
    page: {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}
    limit: {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
  responses:
    Failure:
      description: What went wrong.
      content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}
  schemas:
    Pagination:
      type: object
      properties: {page: {type: integer}, total: {type: integer}}
";

/// The schemas of one resource. The object comes last and stays open, so that a property can follow.
const SCHEMAS: &str = "    Thing#Status: {type: string, enum: [draft, active, on_hold, gone]}
    CreateThing#:
      type: object
      required: [name, price]
      properties:
        name: {type: string, minLength: 1, maxLength: 80, description: What people call it.}
        price: {type: number, format: decimal, minimum: 0}
        status: {$ref: 'schemas/Thing#Status'}
        notes: {type: string, nullable: true}
        address:
          type: object
          required: [street]
          properties: {street: {type: string}, city: {type: string}, zip: {type: string, maxLength: 10}}
    UpdateThing#:
      type: object
      properties:
        name: {type: string}
        price: {type: number, format: decimal}
        tags: {type: array, maxItems: 20, items: {type: string}}
    Thing#Body:
      type: object
      required: [success, data]
      properties: {success: {type: boolean}, data: {$ref: 'schemas/Thing#'}}
    Thing#Line:
      type: object
      required: [quantity]
      properties:
        quantity: {type: integer, format: int32}
        amount: {type: number, format: decimal}
        kind: {type: string, enum: [goods, service, gift]}
    Thing#:
      type: object
      description: |
        A thing.

        It is made once and `gone` in the end.
      required: [id, name, status, created_at]
      properties:
        id: {type: string, format: uuid}
        name: {type: string, description: What people call it.}
        status: {$ref: 'schemas/Thing#Status'}
        price: {type: number, format: decimal}
        created_at: {type: string, format: date-time}
        lines: {type: array, items: {$ref: 'schemas/Thing#Line'}}
        labels: {type: object, additionalProperties: {type: string}}
";
