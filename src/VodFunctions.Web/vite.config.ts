import { defineConfig } from 'vite';
import { compress } from './build/compress.ts';

// What the pages ask of the host, while they are served by Vite: `VOD_HOST` says where it runs.
const host = process.env['VOD_HOST'] ?? 'http://localhost:7071';
const asked = ['/api', '/media', '/client', '/config.json'];

export default defineConfig({
  plugins: [compress()],
  server: { proxy: Object.fromEntries(asked.map(path => [path, { target: host, changeOrigin: true, ws: path === '/client' }])) },
  build: {
    target: 'es2022',
    // Nothing inline: the content security policy lets only files of this origin run.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
