// Fits a model to a file: upload, fit, cancel, and what the service says. One fit at a time in a view.

import { name as part, upload } from '../api.js';
import { h } from '../dom.js';
import { bytes, duration } from '../format.js';
import { problem } from './feedback.js';
import { mediaType, remember } from './tables.js';

export class Fitting {
  constructor(redraw, fitted) {
    this.redraw = redraw;
    this.fitted = fitted;
    this.error = null;
    this.running = null;
  }

  /** Starts; the choices are query parameters such as type.COLUMN. */
  async start(file, name, choices = {}) {
    const type = mediaType(file);
    if (!type) {
      this.error = new Error(`${file.name} is no table that the service reads: it takes .csv, .ndjson, .json and .parquet.`);
      this.redraw();
      return;
    }
    const controller = new AbortController();
    const run = { file, name, share: 0, begun: performance.now(), cancel: () => controller.abort() };
    this.running = run;
    this.error = null;
    const timer = setInterval(this.redraw, 250);
    try {
      const model = await upload('PUT', `/models/${part(name)}`, { query: choices, file, type, signal: controller.signal, progress: share => {
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
      h('span', { class: 'quiet', 'aria-hidden': 'true' }, sent ? `reads, compares methods and fits · ${duration(Math.max(1, seconds))}`
        : `${bytes(run.file.size * run.share)} of ${bytes(run.file.size)}`),
      h('button', { onclick: run.cancel }, 'Cancel')),
    h('progress', { 'aria-label': sent ? 'Learning' : 'Sending', max: 1, value: sent ? undefined : run.share }));
  }
}
