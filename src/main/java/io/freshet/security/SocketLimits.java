package io.freshet.security;

import java.time.Duration;

/**
 * The limits of a socket.
 *
 * @param maxMessageBytes the maximum size of one message, after decompression and however it is framed
 * @param messageTimeout how long one message may take to arrive
 * @param pingTimeout how long a ping may wait to be sent because the client does not read
 */
record SocketLimits(int maxMessageBytes, Duration messageTimeout, Duration pingTimeout) {
}
