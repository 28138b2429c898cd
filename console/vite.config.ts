import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockApi } from './dev/mockApi.ts';

const server = process.env.MAYFLY_URL ?? 'http://127.0.0.1:8006';

export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === 'mock' ? [mockApi()] : [])],
  build: {
    // noVNC awaits at module level, and nothing may be inlined: the page is served under a strict content security policy.
    target: 'es2022',
    assetsInlineLimit: 0,
  },
  server: {
    // The server compares Origin and Host for the display, so the Host header stays the browser's.
    ...(mode === 'mock' ? {} : { proxy: { '/api': { target: server, ws: true, changeOrigin: false } } }),
  },
  // One environment for all files of a worker: making it and loading the components anew for each took most of the time.
  test: { environment: 'happy-dom', isolate: false, include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['dev/patience.ts'], testTimeout: 30_000 },
}));
