/** What is used of the published schemas: their package ships no types, and users of this one need none of it. */

export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly origin?: string;
  readonly expected?: string;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly SchemaIssue[])[];
}
/** The part of a schema's definition by which its fields are found. */
export interface SchemaNode {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly options?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly getter?: () => Schema;
  readonly checks?: readonly {
    readonly _zod: {
      readonly def: { readonly minimum?: number; readonly maximum?: number; readonly format?: string };
    };
  }[];
}
export interface Schema {
  readonly def: SchemaNode;
  safeParse(
    value: unknown,
  ): { success: true } | { success: false; error: { issues: readonly SchemaIssue[] } };
}
