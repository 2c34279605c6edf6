import { defineConfig, type Plugin } from 'vite';
import { compress } from './build/compress.ts';

// What the pages ask of the host, while they are served by Vite: `VOD_HOST` says where it runs.
const host = process.env['VOD_HOST'] ?? 'http://localhost:7071';
const asked = ['/api', '/media', '/client', '/config.json'];

/**
 * Leaves a checksum out that the storage client brings along, 100 KB of WebAssembly as text, and that no upload here asks
 * for: it would be a fifth of all that the site's pages load.
 */
const withoutCrc64: Plugin = {
  name: 'without-crc64',
  enforce: 'pre',
  load: id =>
    /[\\/]storage-common[\\/].*[\\/]crc64\.m?js$/.test(id)
      ? 'export default async function crc64() { throw new Error("CRC-64 is left out of this build."); }'
      : null,
};

export default defineConfig({
  plugins: [withoutCrc64, compress()],
  server: {
    // The host is told who asks (`xfwd`): it signs tokens for callers on this machine only, whoever Vite listens for.
    proxy: Object.fromEntries(
      asked.map(path => [path, { target: host, changeOrigin: true, xfwd: true, ws: path === '/client' }]),
    ),
  },
  build: {
    target: 'es2022',
    // `light-dark()` as it is written.
    cssTarget: ['chrome123', 'firefox124', 'safari17.5'],
    // Nothing inline: the content security policy lets only files of this origin run.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
