// What becomes of the records of a stream, in the words that all views use.

import { stagesOf } from './definitions.js';

export const FATES = {
  made: 'Records that the source has given since the stream started here',
  delivered: 'Records that a sink has, each counted once however many sinks have it',
  lost: 'Records that became dead letters, were dropped because a queue was full, or were abandoned; counted for each sink',
  dropped: 'Records that a stage dropped on purpose',
};

/** Without routes every sink has the same records, so the sink with the most has each of them. */
export function fates(statistics, definition) {
  const routed = stagesOf(definition).some(({ kind }) => kind === 'route' || kind === 'handlers' || kind === 'custom');
  return { made: statistics.events_generated, delivered: routed ? statistics.events_sent_successfully : Math.max(0, ...statistics.sinks.map(sink => sink.delivered)),
    lost: statistics.events_failed + statistics.sinks.reduce((sum, sink) => sum + sink.dropped, 0) };
}
