// What is wrong with a stream: one word and one sentence, the same in every view.

import { count, words } from '../format.js';

/** So many records without one that passes are no accident. */
const MANY = 20;

/** A sentence about the stage that lets no record through; empty if all stages pass some. */
export function blocked(statistics) {
  const stage = statistics?.stages.find(each => each.in >= MANY && each.out === 0 && each.dropped + each.failed === each.in);
  return !stage ? '' : stage.failed ? `${stage.name} rejects all ${count(stage.in)} records: ${stage.lastError || 'see the dead letters'}`
    : `${stage.name} drops all ${count(stage.in)} records`;
}

/** Returns the stream with `trouble`, a sentence that may be empty, and `word`, its state as people see it. */
export function troubled(stream, alerts = []) {
  const sink = stream.statistics?.sinks.find(each => each.failing);
  const trouble = stream.reason || stream.statistics?.error || stream.statistics?.source.lastError
    || (sink && `${sink.name}: ${sink.lastError || 'does not accept records'}`) || blocked(stream.statistics)
    || alerts.map(alert => words(alert.name) + (alert.sink ? ` (${alert.sink})` : '')).concat(alerts.find(alert => alert.reason)?.reason || []).join(', ');
  return { ...stream, trouble, word: stream.state === 'running' && trouble ? 'degraded' : stream.state };
}
