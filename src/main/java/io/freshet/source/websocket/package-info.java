/**
 * Receives records from a WebSocket server and reconnects after failures. Enter through {@link WebSocketSource}. It may use
 * {@code source} and the checks of addresses in {@code security}.
 */
@NullMarked
package io.freshet.source.websocket;

import org.jspecify.annotations.NullMarked;
