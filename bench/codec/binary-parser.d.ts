// The part of binary-parser's types that the benchmark uses: the package's own are not reachable through its exports.
declare module 'binary-parser' {
  type Length = number | string | ((item: unknown) => number);

  interface ItemOptions<In> {
    readonly formatter?: (item: In) => unknown;
  }

  interface ArrayOptions extends ItemOptions<readonly number[]> {
    readonly type: string | Parser;
    readonly length?: Length;
    readonly lengthInBytes?: Length;
  }

  export class Parser {
    endianness(endianness: 'little' | 'big'): this;
    uint8(name: string, options?: ItemOptions<number>): this;
    uint16(name: string): this;
    uint32(name: string): this;
    uint64(name: string): this;
    int16(name: string): this;
    int32(name: string): this;
    array(name: string, options: ArrayOptions): this;
    buffer(name: string, options: { readonly length: Length; readonly clone: boolean }): this;
    nest(name: string, options: { readonly type: Parser }): this;
    saveOffset(name: string): this;
    seek(length: Length): this;
    parse(bytes: Uint8Array): unknown;
  }
}
