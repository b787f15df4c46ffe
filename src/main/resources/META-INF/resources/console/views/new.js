// A new stream: begin from a scenario, edit, try ten records, start. Also edits and replaces a stream that is there.

import { get, name as part, post, put, request } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { editor } from '../parts/editor.js';
import { problem } from '../parts/feedback.js';
import { lineIn, lineOf } from '../parts/lines.js';
import { definition, SCENARIOS } from '../parts/scenarios.js';
import { keepText, textOf } from '../parts/texts.js';
import { toYaml } from '../parts/yaml.js';
import { confirm, go, title, toast } from '../shell.js';
import { trial } from '../parts/trial.js';

const QUIET_MS = 700;
const YAML = 'application/yaml';

export async function show({ root, query, signal }) {
  const view = { text: '', mark: null, choices: null, error: null, run: null, busy: '', schema: null, edited: query.get('edit'), scenario: query.get('scenario') || 'table', model: query.get('model'), about: null, conditions: JSON.parse(query.get('conditions') || 'null') };
  const redraw = batched(() => draw(root, page(view, actions, redraw)));
  let timer;
  const actions = {
    changed: () => {
      clearTimeout(timer);
      view.mark = null;
      view.run = null;
      timer = setTimeout(() => check(view, redraw, signal), QUIET_MS);
    },
    attempt: () => attempt(view, redraw, signal),
    start: () => start(view, redraw),
    choose: id => {
      view.scenario = id;
      view.text = definition(id, view.model, view.about, view.conditions);
      view.mark = view.run = view.error = null;
      history.replaceState(null, '', `#/new?${new URLSearchParams({ scenario: id, ...(view.model ? { model: view.model } : {}), ...(view.conditions ? { conditions: JSON.stringify(view.conditions) } : {}) })}`);
      redraw();
    },
  };
  title(view.edited ? `Edit ${view.edited}` : 'New stream');
  get('/schemas/stream-1.json', {}, signal).then(schema => {
    view.schema = schema;
  }).catch(() => {});
  await begin(view, signal);
  redraw();
  signal.addEventListener('abort', () => clearTimeout(timer));
}

async function begin(view, signal) {
  if (view.edited) {
    const stream = await get(`/streams/${part(view.edited)}`, {}, signal);
    view.text = textOf(stream) ?? toYaml(stream.definition);
    return;
  }
  if (!view.model) {
    const models = await get('/models', {}, signal).catch(() => []);
    view.about = models[0];
    view.model = view.about?.name;
    if (!view.model && view.scenario === 'table') {
      view.scenario = 'pattern';
    }
  } else {
    view.about = await get(`/models/${part(view.model)}`, {}, signal).catch(() => null);
  }
  view.text = definition(view.scenario, view.model, view.about, view.conditions);
}

/** While one types: mistakes at their line, nothing else. */
async function check(view, redraw, signal) {
  try {
    await post('/streams', { query: { 'dry-run': true }, body: view.text, type: YAML, signal });
    view.error = null;
  } catch (error) {
    mark(view, error);
  }
  redraw();
}

function mark(view, error) {
  if (error.name === 'AbortError') {
    return;
  }
  view.error = error;
  view.mark = error.status ? { line: lineIn(error.message) ?? lineOf(view.text, error.field), message: error.message } : null;
}

async function attempt(view, redraw, signal) {
  await work(view, redraw, 'try', async () => {
    const answer = await post('/streams', { query: { 'dry-run': 'search' }, body: view.text, type: YAML, signal });
    view.run = [answer].flat();
  });
}

async function work(view, redraw, what, action) {
  Object.assign(view, { busy: what, error: null, mark: null });
  redraw();
  try {
    await action();
  } catch (error) {
    mark(view, error);
  }
  view.busy = '';
  redraw();
}

async function start(view, redraw) {
  await work(view, redraw, 'start', async () => {
    if (view.edited) {
      const stream = await replaced(view);
      if (stream) {
        keepText(stream, view.text);
        toast(`${stream.name} runs by its new definition.`);
        go(`streams/${part(stream.name)}`);
      }
      return;
    }
    const answer = await request('/streams', { method: 'POST', body: view.text, type: YAML });
    const streams = [answer].flat();
    streams.forEach(stream => keepText(stream, view.text));
    toast(`${streams.map(stream => stream.name).join(', ')} started.`);
    go(streams.length > 1 ? 'streams' : `streams/${part(streams[0].name)}`);
  });
}

/** A stream continues where it is if the service can do so. Otherwise the user decides whether it begins again. */
async function replaced(view, force) {
  try {
    return await put(`/streams/${part(view.edited)}`, { query: { force }, body: view.text, type: YAML });
  } catch (error) {
    if (force || error.status !== 409) {
      throw error;
    }
    return await confirm(`Begin ${view.edited} again?`, `With this change it cannot continue where it is: ${error.message}. It is stopped, and begins at its first record.`, 'Begin again')
      && replaced(view, true);
  }
}

function page(view, actions, redraw) {
  return [h('div', { class: 'head' }, h('div', null, h('a', { class: 'crumb', href: view.edited ? `#/streams/${part(view.edited)}` : '#/streams' }, view.edited ? `← ${view.edited}` : '← Streams'),
    h('h1', null, view.edited ? `Edit ${view.edited}` : 'New stream')),
  h('div', { class: 'row' }, h('button', { onclick: actions.attempt, disabled: view.busy !== '' }, view.busy === 'try' ? 'Trying …' : 'Try ten records'),
    h('button', { class: 'primary', onclick: actions.start, disabled: view.busy !== '' }, view.busy === 'start' ? view.edited ? 'Saving …' : 'Starting …' : view.edited ? 'Save' : 'Start'))),
  h('div', { class: `making ${view.edited ? 'alone' : ''}` }, !view.edited && h('nav', { 'aria-label': 'Scenarios' }, h('ul', { class: 'scenarios' }, SCENARIOS.map(([id, name, about]) =>
    h('li', { key: id }, h('button', { 'aria-pressed': String(id === view.scenario), onclick: () => actions.choose(id) }, h('strong', null, name), h('span', { class: 'quiet' }, about)))))),
  h('div', { class: 'stack' }, editor(view, redraw, actions.changed, view.schema),
    h('div', { id: 'editor-problem' }, view.error && problem(view.error)),
    view.run && view.run.map(run => trial(run, view.run.length > 1)),
    !view.run && !view.error && h('p', { class: 'quiet' }, 'A try sends ten records through all stages and to no sink; if a stage drops most, it reads on until ten pass. ', h('a', { href: '/schemas/stream-1.json' }, 'The schema'), ' helps in other editors as well.')))];
}

