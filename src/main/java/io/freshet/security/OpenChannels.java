package io.freshet.security;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Closes connections that take too long to say what they want: a head of a request has to be whole in time, however its bytes
 * drip. The server's own time-outs only see connections that are silent. Netty makes it, by a service file.
 */
@RegisterForReflection
public final class OpenChannels extends ChannelInitializerExtension {

    /** Says that Netty is to look for extensions. */
    private static final String EXTENSIONS = "io.netty.bootstrap.extensions";
    private static final Map<String, Conversation> CONVERSATIONS = new ConcurrentHashMap<>();
    private static final Set<ServerChannel> DOORS = ConcurrentHashMap.newKeySet();
    /** However long it takes to change something, the service does not stay closed. */
    private static final int CLOSED_SECONDS = 5;
    private static volatile long mostNanos = TimeUnit.SECONDS.toNanos(10);

    /** Has the connections of servers that begin to listen after this watched. */
    static void watch(long nanos) {
        mostNanos = nanos;
        if (System.getProperty(EXTENSIONS) == null) {
            System.setProperty(EXTENSIONS, "serviceload");
        }
    }

    /** Whether connections are taken, or wait in the queue of the operating system, for a few seconds at most. */
    static void letIn(boolean open) {
        for (ServerChannel door : DOORS) {
            door.config().setAutoRead(open);
            if (!open) {
                door.eventLoop().schedule(() -> door.config().setAutoRead(true), CLOSED_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** The connection from this address; null if it is not watched. */
    static @Nullable Conversation from(String address, int port) {
        return CONVERSATIONS.get(key(address, port));
    }

    private static String key(String address, int port) {
        return address + '#' + port;
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel channel) {
        DOORS.add(channel);
        channel.closeFuture().addListener(done -> DOORS.remove(channel));
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress from) {
            Conversation conversation = new Conversation(channel);
            CONVERSATIONS.put(key(from.getAddress().getHostAddress(), from.getPort()), conversation);
            channel.closeFuture()
                    .addListener(done -> CONVERSATIONS.remove(key(from.getAddress().getHostAddress(), from.getPort())));
            channel.pipeline().addFirst("freshet-conversation", conversation);
        }
    }

    /** What a connection is about: the head of a request is awaited, or one is being answered. Confined to its event loop. */
    static final class Conversation extends ChannelInboundHandlerAdapter {

        private final Channel channel;
        private long awaitedSince;
        private boolean answering;
        private boolean free;

        Conversation(Channel channel) {
            this.channel = channel;
        }

        private void await() {
            long since = System.nanoTime();
            awaitedSince = since;
            channel.eventLoop().schedule(() -> {
                if (awaitedSince == since && isOurs()) {
                    channel.close();
                }
            }, mostNanos, TimeUnit.NANOSECONDS);
        }

        /** Other servers of this process, as in tests, speak other protocols. */
        private boolean isOurs() {
            return channel.pipeline().toMap().values().stream()
                    .anyMatch(handler -> handler.getClass().getName().startsWith("io.vertx.core."));
        }

        /** The head has come. */
        void begins() {
            awaitedSince = 0;
            answering = true;
        }

        /** The answer has gone; what comes now is another head. */
        void ends() {
            answering = false;
        }

        /** A socket, or one of many requests at once: no heads are awaited any more. */
        void isFree() {
            free = true;
            awaitedSince = 0;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            await();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!free && !answering && awaitedSince == 0) {
                await();
            }
            context.fireChannelRead(message);
        }
    }
}
