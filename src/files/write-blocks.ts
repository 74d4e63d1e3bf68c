/** Content in parts, and parts of a size that is worth a system call. */

/** Text or bytes, or an iterable of both, which is read as it is written. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Characters; a row has a hundred or so. */
const BLOCK = 2 ** 16;

export function* inBlocks(content: Content): Generator<string | Uint8Array> {
  const parts = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
  let block = "";
  for (const part of parts) {
    if (typeof part === "string") {
      block += part;
      if (block.length < BLOCK) continue;
      yield block;
    } else {
      if (block !== "") yield block;
      yield part;
    }
    block = "";
  }
  if (block !== "") yield block;
}
