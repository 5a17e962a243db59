/** Where a schema is wrong, as an RFC 6901 pointer from the schema's parent (`/inputs_schema/properties/x`), and what to do about it. */
export type SchemaError = { pointer: string; detail: string };
