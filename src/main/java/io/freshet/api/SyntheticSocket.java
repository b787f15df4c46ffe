package io.freshet.api;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.WebSocket;

/** The same socket as at the root, at the path that clients of the protocol expect. */
@WebSocket(path = "/synthetic", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class SyntheticSocket extends GenerationSocket {

    public SyntheticSocket(Generation generation, SocketLimit limit) {
        super(generation, limit);
    }
}
