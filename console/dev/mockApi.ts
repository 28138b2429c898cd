import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { answers } from './mockData.ts';

/** Serves made-up answers, to look at the pages without a server: `npx vite --mode mock`. */
export const mockApi = (): Plugin => ({
  name: 'mayfly-mock-api',
  configureServer: (server) => {
    server.middlewares.use('/api/v1', (request: IncomingMessage, response: ServerResponse) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const answer = answers[`${request.method ?? 'GET'} ${path}`];
      response.statusCode = answer?.status ?? (answer ? 200 : 404);
      response.setHeader('content-type', answer?.stream ? 'text/event-stream' : 'application/json');
      if (answer?.stream) response.write(`data: ${JSON.stringify(answer.body)}\n\n`);
      else response.end(JSON.stringify(answer?.body ?? { title: `There is no ${path}.`, code: 'NotFound' }));
    });
  },
});
