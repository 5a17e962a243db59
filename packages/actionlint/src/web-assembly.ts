/** The part of the WebAssembly API that is used; its types come with the DOM library, which a service does not have. */
type WebAssemblyApi = {
  compile: (bytes: Uint8Array) => Promise<WasmModule>;
  instantiate: (module: WasmModule, imports: WasmImports) => Promise<WasmInstance>;
};

/** Compiled code; can be sent to other threads. */
export type WasmModule = { readonly __compiled: never };
export type WasmImports = { readonly __imports: never };
export type WasmInstance = { readonly exports: Readonly<Record<string, unknown>> };

export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
