// What the app takes from the package: a module of its own, so that the build leaves the rest out.
export { BlockBlobClient } from '@azure/storage-blob';
