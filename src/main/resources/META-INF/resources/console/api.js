// The only place that knows addresses, keys and problem details.

const STORED = 'freshet.key';
const BASE = '/api/v1';

/** An answer that reports an error; the fields are those of the problem detail (RFC 9457). */
export class Problem extends Error {
  constructor(status, detail, field, allowed) {
    super(detail);
    this.status = status;
    this.field = field;
    this.allowed = allowed;
  }
}

/** The service could not be reached. */
export class Unreachable extends Error {
  constructor() {
    super('The service does not answer.');
  }
}

/** Emits "connection" when the service is lost or found again, and "identity" when the key changes. */
export const events = new EventTarget();
export const connection = { lost: false, since: 0 };
export const identity = { open: true, name: '', role: 'admin' };

const RANKS = ['read', 'operate', 'admin'];
let askForKey = () => Promise.reject(new Error('no dialog for keys'));
let asking = null;

/** Sets the function that asks the user for a key; it returns a promise of the key. */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

/** Returns whether the caller's role covers this one, so that a view offers only what will not be refused. */
export function may(role) {
  return RANKS.indexOf(identity.role) >= RANKS.indexOf(role);
}

export function key() {
  return sessionStorage.getItem(STORED);
}

export function forgetKey() {
  sessionStorage.removeItem(STORED);
  location.reload();
}

function lost(isLost) {
  if (connection.lost !== isLost) {
    connection.lost = isLost;
    connection.since = Date.now();
    events.dispatchEvent(new Event('connection'));
  }
}

export function headers(more) {
  return key() ? { Authorization: `Bearer ${key()}`, ...more } : { ...more };
}

export function address(path, query) {
  const pairs = Object.entries(query || {}).flatMap(([name, value]) => [value].flat().map(one => [name, one]))
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  return (path.startsWith('/q/') || path.startsWith('/schemas/') ? path : BASE + path)
    + (pairs.length ? `?${new URLSearchParams(pairs)}` : '');
}

/**
 * Sends a request. Options: method, query, body, type, accept, signal, raw (returns the response itself).
 * Throws a Problem or Unreachable; asks for a key when the service answers 401.
 */
export async function request(path, options = {}) {
  const response = await send(path, options);
  if (response.status === 401) {
    await identify();
    return request(path, options);
  }
  if (!response.ok && !options.anyStatus) {
    throw await problem(response);
  }
  if (options.raw) {
    return response;
  }
  const type = response.headers.get('content-type') || '';
  return response.status === 204 ? null : type.includes('json') && !type.includes('ndjson') ? response.json() : response.text();
}

async function send(path, { method = 'GET', query, body, type, accept, signal }) {
  const more = {};
  if (type) more['Content-Type'] = type;
  if (accept) more.Accept = accept;
  try {
    const response = await fetch(address(path, query), { method, body, headers: headers(more), signal, cache: 'no-store' });
    lost(false);
    return response;
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    lost(true);
    throw new Unreachable();
  }
}

export async function problem(response) {
  const text = await response.text();
  return problemOf(response.status, text);
}

export function problemOf(status, text) {
  try {
    const json = JSON.parse(text);
    return new Problem(status, json.detail || json.title, json.field, json.allowed);
  } catch {
    return new Problem(status, text.slice(0, 300) || `The service answers ${status}.`);
  }
}

/** Asks for a key once, however many requests need it. */
export function identify() {
  asking ??= askForKey().then(entered => {
    sessionStorage.setItem(STORED, entered);
    return whoAmI();
  }).finally(() => {
    asking = null;
  });
  return asking;
}

/** Reads the role of the caller. */
export async function whoAmI() {
  const response = await send('/access', {});
  if (response.ok) {
    Object.assign(identity, await response.json());
    events.dispatchEvent(new Event('identity'));
    return true;
  }
  if (response.status === 401 || response.status === 403) {
    sessionStorage.removeItem(STORED);
    return false;
  }
  throw await problem(response);
}

export const get = (path, query, signal) => request(path, { query, signal });
export const post = (path, options) => request(path, { method: 'POST', ...options });
export const put = (path, options) => request(path, { method: 'PUT', ...options });
export const remove = (path, query) => request(path, { method: 'DELETE', query });
export const name = encodeURIComponent;

/** Sends a file with progress; `progress` receives a share from 0 to 1. Aborting the signal cancels. */
export function upload(method, path, { query, file, type, accept, signal, progress }) {
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open(method, address(path, query));
    Object.entries(headers({ 'Content-Type': type, Accept: accept || 'application/json' }))
      .forEach(([header, value]) => exchange.setRequestHeader(header, value));
    exchange.upload.addEventListener('progress', event => progress?.(event.total ? event.loaded / event.total : 0));
    exchange.upload.addEventListener('load', () => progress?.(1));
    exchange.addEventListener('load', () => exchange.status < 300 ? resolve(JSON.parse(exchange.responseText))
      : reject(problemOf(exchange.status, exchange.responseText)));
    exchange.addEventListener('error', () => reject(new Unreachable()));
    exchange.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    signal?.addEventListener('abort', () => exchange.abort());
    exchange.send(file);
  });
}

/** Saves what a path answers as a file of the user. */
export async function download(path, query, fileName) {
  const response = await request(path, { query, raw: true });
  const url = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
