package io.freshet.security;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;

/**
 * Limits the messages of a socket in size and time, and ends a socket that violates the protocol with a close frame that says
 * why (RFC 6455). It is the last handler before the server's own, and passes on everything that belongs to HTTP. Confined to
 * its event loop.
 */
final class SocketGuard extends ChannelDuplexHandler {

    private static final Logger LOG = Logger.getLogger(SocketGuard.class);
    private static final String SERVER = "handler";
    private static final WebSocketCloseStatus POLICY_VIOLATION = WebSocketCloseStatus.POLICY_VIOLATION;
    /** How long a client has to close its side after a close frame; anything else it sends is discarded. */
    private static final int CLOSING_SECONDS = 2;

    private final SocketLimits limits;
    private long messageBytes;
    private boolean fragmented;
    private boolean closing;
    private boolean open;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable ChannelFuture ping;

    private SocketGuard(SocketLimits limits) {
        this.limits = limits;
    }

    /** Adds the guard, the limited decompression and the validation of texts to a connection whose client requests a socket. */
    static void addTo(ChannelPipeline pipeline, SocketLimits limits) {
        if (pipeline.get(SocketGuard.class) != null || pipeline.get(SERVER) == null) {
            return;
        }
        ChannelHandlerContext extensions = pipeline.context(WebSocketServerExtensionHandler.class);
        if (extensions != null) {
            pipeline.addBefore(extensions.name(), "freshet-inflater", new MessageInflater(limits.maxMessageBytes()));
        }
        pipeline.addBefore(SERVER, "freshet-utf-8", new Utf8FrameValidator(false));
        SocketGuard guard = new SocketGuard(limits);
        pipeline.addBefore(SERVER, "freshet-socket-guard", guard);
        pipeline.addFirst("freshet-arrivals", guard.new Arrivals());
    }

    /** Detects the first bytes of a message before they form a frame. */
    private final class Arrivals extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (open && !closing && deadline == null) {
                deadline = context.executor().schedule(() -> tooSlow(context.pipeline()), limits.messageTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
            }
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            boolean closed = message instanceof CloseWebSocketFrame;
            ReferenceCountUtil.release(message);
            if (closed) {
                context.close();
            }
        } else if (message instanceof WebSocketFrame frame && !admit(frame)) {
            frame.release();
            close(context, WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message is too long");
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean admit(WebSocketFrame frame) {
        if (!isControl(frame)) {
            messageBytes += frame.content().readableBytes();
            fragmented = !frame.isFinalFragment();
        }
        if (messageBytes > limits.maxMessageBytes()) {
            return false;
        }
        if (!fragmented) {
            messageBytes = 0;
            messageEnds();
        }
        return true;
    }

    private void messageEnds() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    static boolean isControl(WebSocketFrame frame) {
        return frame instanceof CloseWebSocketFrame || frame instanceof PingWebSocketFrame
                || frame instanceof PongWebSocketFrame;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (closing) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        ChannelPromise written = promise;
        if (message instanceof HttpResponse response && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            open = true;
        } else if (message instanceof PingWebSocketFrame) {
            written = promise.unvoid();
            watch(context, written);
        }
        context.write(message, written);
    }

    /**
     * Watches the oldest unsent ping. A client that does not read would otherwise be pinged for ever, with each ping queued
     * after what it does not read.
     */
    private void watch(ChannelHandlerContext context, ChannelPromise written) {
        ChannelFuture waiting = ping;
        if (waiting != null && !waiting.isDone()) {
            return;
        }
        ping = written;
        context.executor().schedule(() -> {
            if (!written.isDone()) {
                LOG.debugf("Closing a socket because a ping could not be sent: client=%s", context.channel().remoteAddress());
                context.close();
            }
        }, limits.pingTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tooSlow(ChannelPipeline pipeline) {
        ChannelHandlerContext own = pipeline.context(this);
        if (own != null) {
            close(own, POLICY_VIOLATION, "the message took too long");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            close(context, broken.closeStatus(), String.valueOf(broken.getMessage()));
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /**
     * Sends a close frame and ends the connection. At first only the sending side is shut down: closing both sides while the
     * client still sends would reset the connection, and the client would not see the close frame.
     */
    private void close(ChannelHandlerContext context, WebSocketCloseStatus status, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        LOG.debugf("Closing a socket: code=%d reason=%s client=%s", status.code(), reason, context.channel().remoteAddress());
        context.writeAndFlush(new CloseWebSocketFrame(status, reason)).addListener(sent -> {
            if (context.channel() instanceof DuplexChannel channel && context.pipeline().get(SslHandler.class) == null) {
                channel.shutdownOutput();
            }
        });
        context.executor().schedule(() -> {
            context.close();
        }, CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
