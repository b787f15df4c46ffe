// What a stream's definition says, in few words.

const KEYS = ['model', 'retail', 'http', 'pattern', 'stream', 'kafka', 'twin', 'feed', 'channel'];
const STAGES = ['filter', 'transform', 'enrich', 'route', 'handlers', 'expect', 'checkpoint', 'window', 'voxels', 'buffer', 'queue', 'limit', 'custom'];
const SINKS = ['kafka', 'websocket', 'redis', 'mongodb', 'table', 'file', 'channel'];

function kind(object, kinds) {
  return kinds.find(name => name in (object || {})) || Object.keys(object || {})[0] || '?';
}

function listed(value) {
  return Array.isArray(value) ? value : value ? [value] : [];
}

export function sourceOf(definition) {
  const source = definition?.source || {};
  const type = kind(source, KEYS);
  const detail = type === 'model' || type === 'stream' ? source[type] : source[type]?.topic || source[type]?.url || '';
  return { kind: type, detail: String(detail) };
}

export function stagesOf(definition) {
  return listed(definition?.stages).map(stage => ({ kind: kind(stage, STAGES), name: stage.name || kind(stage, STAGES), stage }));
}

export function sinksOf(definition) {
  return listed(definition?.sinks).map(sink => {
    const type = kind(sink, SINKS);
    const to = sink[type] || {};
    return { kind: type, name: sink.name || type, detail: to.topic || to.path || to.collection || to.key || to.url || '' };
  });
}

/** The way of a stream in one line: "birdstrikes → filter → kafka:birds". */
export function way(definition) {
  const source = sourceOf(definition);
  return [source.detail || source.kind, ...stagesOf(definition).map(stage => stage.kind),
    sinksOf(definition).map(sink => sink.detail ? `${sink.kind}:${sink.detail}` : sink.kind).join(' + ')].filter(Boolean).join(' → ');
}

export function hasSocket(definition) {
  return sinksOf(definition).some(sink => sink.kind === 'websocket');
}

/** What the pace says, in words. */
export function paceOf(definition) {
  const pace = definition?.pace || {};
  const perSecond = pace.recordsPerSecond ?? pace.records_per_second;
  if (perSecond) {
    return `${perSecond.toLocaleString('en')}/s`;
  }
  return pace.burst ? `${pace.burst.records} every ${pace.burst.every}` : 'as fast as the sinks';
}

export function wantedRate(definition) {
  return definition?.pace?.recordsPerSecond ?? definition?.pace?.records_per_second ?? null;
}
