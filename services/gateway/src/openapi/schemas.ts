import { z } from "zod";

export type Json = { [key: string]: unknown };

/** JSON Schemas of zod schemas, with the named ones collected once under `#/components/schemas`. */
export type SchemaBook = {
  /** `input`: what a caller sends; `output`: what an answer holds. */
  describe(schema: z.ZodType, io: "input" | "output"): Json;
  components(): Json;
};

export function createSchemaBook(): SchemaBook {
  const components = new Map<string, Json>();

  /** The name a definition gets: its own, or with `Input` behind it where sending differs from receiving. */
  const nameFor = (id: string, definition: Json, io: "input" | "output") => {
    const known = components.get(id);
    if (known === undefined || JSON.stringify(known) === JSON.stringify(definition)) return id;
    return io === "input" ? `${id}Input` : `${id}Output`;
  };

  return {
    describe(schema, io) {
      const { $schema: _dialect, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
      const definitions = { ...($defs as Record<string, Json>) };
      // A schema with a name of its own may stand at the root; it belongs among the named ones.
      const own_id = schema.meta()?.id;
      if (own_id !== undefined) definitions[own_id] ??= root;
      for (const [id, definition] of Object.entries(definitions)) definitions[id] = withoutId(definition);

      const renamed = new Map(
        Object.entries(definitions).map(([id, definition]) => [id, nameFor(id, point(definition, new Map()), io)]),
      );
      for (const [id, definition] of Object.entries(definitions)) {
        components.set(renamed.get(id) ?? id, point(definition, renamed));
      }
      return own_id === undefined
        ? point(root, renamed)
        : { $ref: `#/components/schemas/${renamed.get(own_id) ?? own_id}` };
    },
    components: () => Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))),
  };
}

function withoutId({ id: _id, ...definition }: Json): Json {
  return definition;
}

/** Makes references into the components. */
function point<T>(value: T, renamed: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    const id = key === "$ref" && typeof inner === "string" ? /^#\/\$defs\/(.+)$/.exec(inner)?.[1] : undefined;
    return id === undefined ? inner : `#/components/schemas/${renamed.get(id) ?? id}`;
  }) as T;
}
