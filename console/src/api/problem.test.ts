import { describe, expect, it } from 'vitest';
import { Problem, problemFromBody, problemFromError, problemFromResponse } from './problem';

describe('problemFromBody', () => {
  it('keeps title, detail, remedy and code', () => {
    const body = { title: 'No desktop is ready.', detail: 'The pool is full.', remedy: 'Try again later.', code: 'PoolExhausted' };
    const problem = problemFromBody(503, body);
    expect(problem).toMatchObject({
      message: 'No desktop is ready.', detail: 'The pool is full.', remedy: 'Try again later.', code: 'PoolExhausted', status: 503,
    });
  });

  it.each([null, 'text', 7, {}, { title: 3, code: {} }])('makes a sentence of the odd body %j', (body) => {
    const problem = problemFromBody(502, body);
    expect(problem.code).toBe('Http502');
    expect(problem.message).toContain('502');
    expect(problem.remedy).toBeNull();
  });
});

describe('problemFromResponse', () => {
  it('survives an answer that is not JSON', async () => {
    const problem = await problemFromResponse(new Response('<html>', { status: 500 }));
    expect(problem.code).toBe('Http500');
  });
});

describe('problemFromError', () => {
  it('passes a problem through', () => {
    const problem = new Problem('Busy', 'Busy.', null, null);
    expect(problemFromError(problem)).toBe(problem);
  });

  it('calls a failed fetch unreachable', () => {
    expect(problemFromError(new TypeError('Failed to fetch')).code).toBe('Unreachable');
  });
});
