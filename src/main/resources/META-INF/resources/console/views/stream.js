// One stream: its way with live rates, and beneath it what one asks about it.

import { may, name as part, post, remove } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, duration, rate } from '../format.js';
import { poll } from '../live.js';
import { stagesOf, wantedRate } from '../parts/definitions.js';
import { FATES, fates } from '../parts/fates.js';
import { menu, problem, state, tabs, waiting } from '../parts/feedback.js';
import { record } from '../parts/history.js';
import { icon } from '../parts/icons.js';
import { textOf } from '../parts/texts.js';
import { troubled } from '../parts/trouble.js';
import { picture, Rates } from '../parts/way.js';
import { toYaml } from '../parts/yaml.js';
import { confirm, go, title, toast } from '../shell.js';

const TABS = {
  live: () => import('./stream-live.js'),
  rates: () => import('./stream-rates.js'),
  definition: () => import('./stream-definition.js'),
  windows: () => import('./stream-windows.js'),
  voxels: () => import('./stream-voxels.js'),
  letters: () => import('./letters.js'),
  health: () => import('./stream-health.js'),
};

export async function show({ root, parts, query, signal }) {
  const view = { name: parts[0], tab: parts[1] || 'live', stream: null, alerts: [], error: null, rates: new Rates() };
  title(view.name);
  const head = root.appendChild(document.createElement('div'));
  const body = root.appendChild(document.createElement('section'));
  const redraw = batched(() => draw(head, page(view, redraw)));
  const listeners = [];
  redraw();
  poll(`/streams/${part(view.name)}/health`, { every: 2000, signal, received: health => {
    view.alerts = health.alerts;
    redraw();
    if (view.stream) tell(view, listeners);
  } });
  poll(`/streams/${part(view.name)}`, { every: stream => isFinal(stream?.state) ? 4000 : 1000, signal, received: stream => {
    const first = !view.stream;
    view.stream = stream;
    view.error = null;
    if (stream.statistics) {
      view.rates.look(stream.statistics);
      record(view.name, stream.statistics);
    }
    redraw();
    if (first) {
      open(view, body, query, signal, listeners);
    }
    tell(view, listeners);
  }, failed: error => {
    view.error = error;
    redraw();
  } });
}

/** The tabs see the stream with its alerts, as the head does. */
function tell(view, listeners) {
  view.stream.alerts = view.alerts;
  listeners.forEach(listener => listener(view.stream));
}

async function open(view, body, query, signal, listeners) {
  const tab = await (TABS[view.tab] || TABS.live)();
  if (!signal.aborted) {
    tab.showTab({ root: body, name: view.name, stream: view.stream, query, signal, changed: listener => listeners.push(listener) });
  }
}

function isFinal(word) {
  return ['completed', 'stopped', 'failed'].includes(word);
}

function page(view, redraw) {
  const stream = view.stream;
  const base = `streams/${part(view.name)}`;
  const kinds = stagesOf(stream?.definition).map(stage => stage.kind);
  const { word, trouble } = stream ? troubled(stream, view.alerts) : {};
  return [h('div', { class: 'head' }, h('div', null, h('a', { class: 'crumb', href: '#/streams' }, '← Streams'), h('h1', null, view.name),
    stream && h('p', { class: 'sub' }, state(word), ' · ', sentence(stream)),
    word === 'degraded' && h('p', { class: 'warn' }, trouble, ' ', h('a', { href: `#/${base}/health` }, 'Health'))),
  stream && h('div', { class: 'row' }, actions(view, redraw))),
  problem(view.error), !stream && !view.error && waiting('Asking for the stream …'),
  stream?.reason && h('div', { class: 'problem', role: 'alert' }, h('strong', null, 'Not restored. '), stream.reason),
  stream?.statistics?.error && h('div', { class: 'problem', role: 'alert' }, h('strong', null, 'Ended. '), stream.statistics.error),
  stream?.definition && picture(stream, view.rates),
  stream && tabs('Parts of the stream', base, [['live', 'Live'], ['rates', 'Rates'], ['definition', 'Definition'],
    kinds.includes('window') && ['windows', 'Windows'], kinds.includes('voxels') && ['voxels', 'Voxels'],
    ['letters', 'Dead letters'], ['health', 'Health']], view.tab)];
}

function sentence(stream) {
  const statistics = stream.statistics;
  if (!statistics) {
    return stream.elsewhere ? `on another instance, at record ${count(stream.elsewhere.position)}` : '';
  }
  const wanted = wantedRate(stream.definition);
  const { made, delivered, lost } = fates(statistics, stream.definition);
  return [h('span', { title: 'Over the last five seconds' }, `${rate(statistics.currentSamplesPerSecond)}${wanted ? ` of ${rate(wanted)}` : ''}`), ' · ', duration(statistics.elapsedSeconds),
    ...[['made', made], ['delivered', delivered], ['lost', lost]].filter(([word, value]) => word !== 'lost' || value > 0)
      .flatMap(([word, value]) => [' · ', h('span', { title: FATES[word] }, `${count(value)} ${word}`)])];
}

function actions(view, redraw) {
  const stream = view.stream;
  const change = (verb, done) => act(view, redraw, async () => {
    view.stream = await post(`/streams/${part(view.name)}/${verb}`);
    toast(done);
  });
  return [
    may('operate') && (stream.state === 'running' || stream.state === 'failing')
      && h('button', { key: 'pause', onclick: () => change('pause', 'Paused.') }, 'Pause'),
    may('operate') && (stream.state === 'paused' || stream.reason)
      && h('button', { key: 'resume', class: 'primary', onclick: () => change('resume', 'Running again.') }, 'Resume'),
    may('operate') && !isFinal(stream.state)
      && h('button', { key: 'stop', onclick: async () => await confirm(`Stop ${view.name}?`, 'A stopped stream cannot be resumed. Its records stay.', 'Stop') && change('stop', 'Stopped.') }, 'Stop'),
    may('operate') && stream.definition && h('a', { key: 'edit', class: 'button', href: `#/new?edit=${part(view.name)}` }, 'Edit'),
    menu('More actions', icon('more'),
      h('button', { key: 'yaml', onclick: () => copy(textOf(stream) ?? toYaml(stream.definition), 'The YAML is in the clipboard.') }, 'Copy as YAML'),
      h('button', { key: 'curl', onclick: () => copy(curl(stream.definition), 'The command is in the clipboard.') }, 'Copy as curl'),
      may('admin') && h('button', { key: 'delete', class: 'danger', onclick: () => destroy(view, redraw) }, 'Delete'))];
}

async function act(view, redraw, work) {
  try {
    await work();
    view.error = null;
  } catch (error) {
    view.error = error;
  }
  redraw();
}

async function destroy(view, redraw) {
  if (await confirm(`Delete ${view.name}?`, 'The stream is stopped, and its definition and position are forgotten. Records that were delivered stay where they are.', 'Delete')) {
    await act(view, redraw, async () => {
      await remove(`/streams/${part(view.name)}`);
      toast(`${view.name} is deleted.`);
      go('streams');
    });
  }
}

async function copy(text, done) {
  await navigator.clipboard.writeText(text);
  toast(done);
}

export function curl(definition) {
  return `curl -X POST -H 'Content-Type: application/yaml' --data-binary @- ${location.origin}/api/v1/streams <<'END'\n${toYaml(definition)}END\n`;
}

