package io.freshet.security;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Inflates compressed messages of a socket (permessage-deflate, RFC 7692) and stops at a limit. The server's own decoder would
 * inflate each frame completely, however large it becomes; after this handler it has nothing left to inflate. Confined to its
 * event loop.
 */
final class MessageInflater extends ChannelDuplexHandler {

    private static final String EXTENSION = "permessage-deflate";
    private static final int COMPRESSED = 4;
    private static final int CHUNK_BYTES = 8192;
    /** The bytes that the sender omits at the end of each message (RFC 7692, 7.2.2). */
    private static final byte[] TAIL = { 0, 0, -1, -1 };

    private final int maxBytes;
    private @Nullable Inflater inflater;
    private boolean negotiated;
    private boolean compressed;
    private long inflatedBytes;

    MessageInflater(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            String extensions = response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
            negotiated = extensions != null && extensions.contains(EXTENSION);
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame) || SocketGuard.isControl(frame) || !isCompressed(frame)) {
            context.fireChannelRead(message);
            return;
        }
        WebSocketFrame plain;
        try {
            plain = inflated(context, frame);
        } finally {
            frame.release();
        }
        context.fireChannelRead(plain);
    }

    private boolean isCompressed(WebSocketFrame frame) {
        boolean marked = (frame.rsv() & COMPRESSED) != 0;
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            compressed = marked;
            inflatedBytes = 0;
        } else if (marked) {
            frame.release();
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR,
                    "a continuation is marked as compressed");
        }
        if (marked && !negotiated) {
            frame.release();
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "compression was not negotiated");
        }
        return compressed;
    }

    private WebSocketFrame inflated(ChannelHandlerContext context, WebSocketFrame frame) {
        boolean last = frame.isFinalFragment();
        int rsv = frame.rsv() & ~COMPRESSED;
        ByteBuf plain = context.alloc().buffer();
        try {
            inflate(ByteBufUtil.getBytes(frame.content()), plain);
            if (last) {
                inflate(TAIL, plain);
            }
        } catch (DataFormatException e) {
            plain.release();
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.INVALID_PAYLOAD_DATA,
                    "the message is not compressed correctly", e);
        } catch (CorruptedWebSocketFrameException e) {
            plain.release();
            throw e;
        }
        if (frame instanceof TextWebSocketFrame) {
            return new TextWebSocketFrame(last, rsv, plain);
        }
        return frame instanceof BinaryWebSocketFrame ? new BinaryWebSocketFrame(last, rsv, plain)
                : new ContinuationWebSocketFrame(last, rsv, plain);
    }

    private void inflate(byte[] in, ByteBuf out) throws DataFormatException {
        Inflater own = inflater == null ? new Inflater(true) : inflater;
        inflater = own;
        own.setInput(in);
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = own.inflate(chunk); read > 0; read = own.inflate(chunk)) {
            inflatedBytes += read;
            if (inflatedBytes > maxBytes) {
                throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message is too long");
            }
            out.writeBytes(chunk, 0, read);
        }
        if (own.finished()) {
            own.reset();
        } else if (own.needsDictionary()) {
            throw new DataFormatException("needs a dictionary");
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
