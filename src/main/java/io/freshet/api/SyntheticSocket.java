package io.freshet.api;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.WebSocket;

/** Records on demand, at the address that clients of the protocol know; all else as at the root. */
@WebSocket(path = "/synthetic", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class SyntheticSocket extends GenerationSocket {

    public SyntheticSocket(Generation generation, SocketLimit limit) {
        super(generation, limit);
    }
}
