// Replays dead letters: asks where they are to go, and shows how far the service is.

import { get, post } from '../api.js';
import { h } from '../dom.js';
import { count, plural } from '../format.js';
import { sleep } from '../live.js';
import { dialog } from '../shell.js';

const EVERY_MS = 400;

/** Asks where letters are to go; returns "stages", "sinks", or nothing if the user cancels. */
export function askWhere(question, groups) {
  const ofStages = groups.filter(group => group.code === 'rejected_by_stage').reduce((sum, group) => sum + group.count, 0);
  const others = groups.reduce((sum, group) => sum + group.count, 0) - ofStages;
  return dialog(question, close => h('form', { class: 'stack', onsubmit: event => {
    event.preventDefault();
    close(new FormData(event.target).get('through') || 'sinks');
  } }, h('h2', null, question),
  ofStages > 0 && h('fieldset', { class: 'stack' }, h('legend', null, `${plural(ofStages, 'record')} that a stage rejected`),
    choice('stages', true, 'Through the stages again', 'From the stage that rejected them, as the stages are now. What a stage rejects again stays; what it drops is gone. Stages that keep state, such as windows, cannot take records later.'),
    choice('sinks', false, 'Past the stages, straight to the sinks', 'As they are, without what the stages would do to them.')),
  others > 0 && h('p', null, `${ofStages > 0 ? plural(others, 'other letter') + ' go' : 'They go'} unchanged to the sink that ${ofStages > 0 || others > 1 ? 'they were' : 'it was'} for.`),
  h('p', { class: 'quiet' }, 'Letters that arrive are dead letters no more.'),
  h('div', { class: 'row end' }, h('button', { type: 'button', onclick: () => close() }, 'Cancel'), h('button', { class: 'primary' }, 'Replay'))));
}

function choice(value, checked, label, about) {
  return h('label', { class: 'check' }, h('input', { type: 'radio', name: 'through', value, checked }), h('span', null, h('strong', null, label), h('br'), h('span', { class: 'quiet' }, about)));
}

/** Begins a replay and follows it to its end. */
export async function begin(query, received, signal) {
  received(await post('/dead-letters/replay', { query: { ...query, background: true } }));
  return follow(received, signal);
}

/** Follows a replay that is running; returns its last state, or nothing if there is none. */
export async function follow(received, signal) {
  while (!signal.aborted) {
    const replay = await get('/dead-letters/replay', {}, signal);
    received(replay);
    if (replay?.state !== 'running') {
      return replay;
    }
    await sleep(EVERY_MS, signal);
  }
  return null;
}

/** What became of the letters. */
export function outcome(replay) {
  const { found, count: delivered, dropped, remaining, reason, error, state } = replay;
  const done = delivered + dropped + remaining;
  const text = [`${count(delivered)} delivered`, dropped > 0 && `${count(dropped)} dropped by a stage`, remaining > 0 && `${count(remaining)} remain${reason ? `: ${reason}` : ''}`].filter(Boolean).join(', ');
  return state === 'running'
    ? h('div', { class: 'panel', role: 'status' }, h('p', null, found ? `Replaying: ${count(done)} of ${count(found)}. ${text}.` : 'Reading the dead letters …'), h('progress', { 'aria-label': 'Replaying', max: found || 1, value: found ? done : undefined }))
    : h('div', { class: `notice ${state === 'failed' || remaining ? '' : 'info'}`, role: 'status' }, state === 'failed' ? `The replay failed: ${error}. ` : 'Replayed. ', `${text}.`);
}
