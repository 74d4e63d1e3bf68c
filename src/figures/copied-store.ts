/** A folder's trials in a folder of its own, for figures of results that cannot be written. */
import { existsSync } from "node:fs";
import { filesOf } from "../runs/folder-files.js";
import { withTemporaryFolder } from "../runs/temporary-folder.js";
import { copyStore } from "../store/store.js";

/**
 * Runs `work` with a folder that has a copy of the store in `folder`, where there is one, and that is
 * removed whatever ends it.
 */
export function withCopiedStore<Result>(
  folder: string,
  work: (copy: string) => Promise<Result>,
): Promise<Result> {
  return withTemporaryFolder(async (copy) => {
    const { store } = filesOf(folder);
    if (existsSync(store)) copyStore(store, filesOf(copy).store);
    return work(copy);
  });
}
