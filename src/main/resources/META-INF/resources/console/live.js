// What changes by itself: polling and sockets, with reconnection. Everything ends with the signal of its view.

import { connection, events, key, request } from './api.js';

const PATIENCE = [500, 1000, 2000, 4000, 8000];

export function sleep(milliseconds, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

/** Resolves when the page can be seen, so that hidden tabs ask for nothing. */
function visible(signal) {
  return document.hidden ? new Promise(resolve => {
    document.addEventListener('visibilitychange', resolve, { once: true, signal });
    signal.addEventListener('abort', resolve, { once: true });
  }) : Promise.resolve();
}

/**
 * Asks a path again and again. `every` is a number of milliseconds, or a function of the last answer.
 * A failure is passed to `failed`; the next attempts wait longer until one succeeds.
 */
export async function poll(path, { query, every, signal, received, failed }) {
  let failures = 0;
  while (!signal.aborted) {
    await visible(signal);
    let wait;
    try {
      const answer = await request(path, { query: typeof query === 'function' ? query() : query, signal });
      failures = 0;
      if (!signal.aborted) {
        received(answer);
      }
      wait = typeof every === 'function' ? every(answer) : every;
    } catch (error) {
      if (signal.aborted || error.name === 'AbortError') {
        return;
      }
      failed?.(error);
      wait = PATIENCE[Math.min(failures++, PATIENCE.length - 1)];
    }
    await nudged(wait, signal);
  }
}

/** Waits, but no longer than until the user asks to try again. Its listeners end with it, so that memory stays flat. */
async function nudged(wait, signal) {
  const controller = new AbortController();
  const end = () => controller.abort();
  signal.addEventListener('abort', end, { signal: controller.signal });
  events.addEventListener('retry', end, { signal: controller.signal });
  await sleep(wait, controller.signal);
  end();
}

/**
 * Keeps a socket open. `state` receives "connecting", "open", "lost" or "ended" with the reason; `message` the parsed messages.
 */
export function socket(path, { query, signal, message, state }) {
  let failures = 0;
  const connect = () => {
    if (signal.aborted) {
      return;
    }
    state('connecting');
    const pairs = query && Object.entries(query).filter(([, value]) => value);
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
      + (pairs?.length ? `?${new URLSearchParams(pairs)}` : '');
    const channel = key() ? new WebSocket(url, ['freshet', `freshet.bearer.${key()}`]) : new WebSocket(url);
    const abort = () => channel.close();
    signal.addEventListener('abort', abort, { once: true });
    channel.addEventListener('open', () => {
      failures = 0;
      state('open');
    });
    channel.addEventListener('message', event => message(event.data));
    channel.addEventListener('close', event => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) {
        return;
      }
      if (event.code === 1000 || event.code === 1008) {
        state('ended', event.reason);
        return;
      }
      state('lost', event.reason);
      nudged(PATIENCE[Math.min(failures++, PATIENCE.length - 1)], signal).then(connect);
    });
  };
  connect();
}

/** Looks for a lost service until it answers. */
export function watchConnection(signal) {
  events.addEventListener('connection', async () => {
    while (connection.lost && !signal.aborted) {
      await nudged(2000, signal);
      if (connection.lost) {
        await request('/q/health/live', { anyStatus: true, raw: true }).catch(() => {});
      }
    }
  });
}
