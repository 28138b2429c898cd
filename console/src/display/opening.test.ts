import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import type { OpeningView } from '../api/types';
import { aSession } from '../portal/aDesktop.test-data';
import { isForDisk, openDesktop } from './opening';

const view = (part: Partial<OpeningView>): OpeningView => ({ step: 'Finding', message: 'Looking.', seconds: 0, session: null, fault: null, ...part });
const stream = (...views: OpeningView[]): Response => new Response(views.map((each) => `data: ${JSON.stringify(each)}\n\n`).join(''));
const opened = (): Response => Response.json(aSession);
const refused = (status: number, code: string): Response => Response.json({ code, title: code }, { status });

function serve(...answers: Response[]) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${path}`);
    return Promise.resolve(answers.shift() ?? refused(500, 'Unexpected'));
  });
  return asked;
}

const run = (told: OpeningView[] = [], withoutVolume = false) => openDesktop('a b', withoutVolume, (each) => told.push(each), new AbortController().signal);

describe('openDesktop', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('tells each step and returns the session', async () => {
    const asked = serve(stream(view({}), view({ step: 'Making' }), view({ step: 'Ready', session: aSession })));
    const told: OpeningView[] = [];
    await expect(run(told)).resolves.toEqual(aSession);
    expect(told.map(({ step }) => step)).toEqual(['Finding', 'Making', 'Ready']);
    expect(asked).toEqual(['GET /api/v1/desktops/a%20b/opening']);
  });

  it('throws the fault that the stream ends with', async () => {
    serve(stream(view({ step: 'Failed', fault: { code: 'PoolExhausted', what: 'Full.', why: null, remedy: null } })));
    await expect(run()).rejects.toMatchObject({ code: 'PoolExhausted', message: 'Full.' });
  });

  it('asks plainly where there is no stream', async () => {
    const asked = serve(refused(404, 'NotFound'), opened());
    await expect(run()).resolves.toEqual(aSession);
    expect(asked).toEqual(['GET /api/v1/desktops/a%20b/opening', 'POST /api/v1/desktops/a%20b/open']);
  });

  it('asks plainly when the stream breaks off', async () => {
    serve(stream(view({})), opened());
    await expect(run()).resolves.toEqual(aSession);
  });

  it('leaves the disk out both ways when it is told to', async () => {
    const asked = serve(refused(404, 'NotFound'), opened());
    await run([], true);
    expect(asked).toEqual(['GET /api/v1/desktops/a%20b/opening?withoutVolume=true', 'POST /api/v1/desktops/a%20b/open?withoutVolume=true']);
  });

  it('tells a refusal for the sake of the disk from others', async () => {
    serve(stream(view({ step: 'Failed', fault: { code: 'VolumeInUse', what: 'In use.', why: null, remedy: null } })));
    const error: unknown = await run().catch((reason: unknown) => reason);
    expect(isForDisk(error)).toBe(true);
    expect(isForDisk(new Problem('PoolExhausted', 'Full.', null, null))).toBe(false);
  });

  it('does not ask again when it is refused', async () => {
    const asked = serve(refused(403, 'Forbidden'));
    await expect(run()).rejects.toMatchObject({ code: 'Forbidden' });
    expect(asked).toHaveLength(1);
  });
});
