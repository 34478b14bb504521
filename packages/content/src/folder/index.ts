export {
  type FolderBlockStore,
  type FolderStoreOptions,
  openFolderStore,
} from './folder-store.ts';
export type { Hold } from './hold.ts';
export type { Pin } from './pins.ts';
