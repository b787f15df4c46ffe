// Fits a model to a file: upload, fit, cancel, and what the service says. One fit at a time in a view.

import { get, name as part, remove, upload } from '../api.js';
import { h } from '../dom.js';
import { bytes, duration } from '../format.js';
import { sleep } from '../live.js';
import { problem } from './feedback.js';
import { remember, tableType } from './tables.js';

export class Fitting {
  constructor(redraw, fitted) {
    this.redraw = redraw;
    this.fitted = fitted;
    this.error = null;
    this.running = null;
  }

  /** Starts; the choices are query parameters such as type.COLUMN. */
  async start(file, name, choices = {}) {
    const controller = new AbortController();
    const run = { file, name, share: 0, begun: performance.now(), progress: null, cancel: () => cancel(name, controller) };
    this.running = run;
    this.error = null;
    const timer = setInterval(this.redraw, 250);
    const ended = new AbortController();
    watch(run, ended.signal);
    try {
      const model = await upload('PUT', `/models/${part(name)}`, { query: choices, file, type: tableType(file), signal: controller.signal, progress: share => {
        run.share = share;
        this.redraw();
      } });
      remember(name, file);
      this.running = null;
      this.fitted(model);
    } catch (error) {
      this.error = error.name === 'AbortError' ? null : error;
      this.running = null;
    } finally {
      clearInterval(timer);
      ended.abort();
      this.redraw();
    }
  }

  /** Shows how far it is, or why it did not work. */
  show() {
    const run = this.running;
    if (!run) {
      return problem(this.error);
    }
    const seconds = (performance.now() - run.begun) / 1000;
    const sent = run.share >= 1;
    return h('div', { class: 'panel fitting', role: 'status' }, h('div', { class: 'row spread' },
      h('strong', null, sent ? `Learning ${run.name}` : `Sending ${run.file.name}`),
      h('span', { class: 'quiet', 'aria-hidden': 'true' }, sent ? `${stage(run.progress)} · ${duration(Math.max(1, seconds))}`
        : `${bytes(run.file.size * run.share)} of ${bytes(run.file.size)}`),
      h('button', { onclick: run.cancel }, 'Cancel')),
    h('progress', { 'aria-label': sent ? 'Learning' : 'Sending', max: 1, value: sent ? share(run.progress) : run.share }));
  }
}

/** Stops the upload, and the training on the service. */
function cancel(name, controller) {
  controller.abort();
  remove(`/models/${part(name)}/fit`).catch(() => {});
}

/** Methods that train for long say how far they are. */
async function watch(run, signal) {
  while (!signal.aborted) {
    await sleep(1000, signal);
    if (run.share >= 1 && !signal.aborted) {
      const fit = await get(`/models/${part(run.name)}/fit`, {}, signal).catch(() => null);
      // the service also remembers the last fit of this name, which has ended
      run.progress = /^(waiting|running)$/.test(fit?.state) ? fit : null;
    }
  }
}

function share(progress) {
  return progress?.epochs ? progress.epoch / progress.epochs : undefined;
}

function stage(progress) {
  return progress?.epochs ? `epoch ${progress.epoch} of ${progress.epochs}, about ${duration(progress.secondsLeft)} left`
    : progress?.state === 'waiting' ? 'waits for another fit' : 'reads, compares methods and fits';
}
