import { get } from './api.js';
import { watchConnection } from './live.js';
import { go, signIn, start } from './shell.js';

/** One begins where something happens: at the streams if there are any, else at the models. */
async function home() {
  const streams = await get('/streams').catch(() => []);
  return { show: () => go(streams.length ? 'streams' : 'models', true) };
}

watchConnection(new AbortController().signal);
await signIn();
start({
  '': home,
  streams: () => import(location.hash.split('/').length > 2 ? './views/stream.js' : './views/streams.js'),
  models: () => import(location.hash.split('/').length > 2 ? './views/model.js' : './views/models.js'),
  new: () => import('./views/new.js'),
  letters: () => import('./views/letters.js'),
  alerts: () => import('./views/alerts.js'),
  service: () => import('./views/service.js'),
  missing: () => import('./views/missing.js'),
});
