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
 * Closes connections whose request head does not arrive in time, however slowly its bytes trickle in. The server's own
 * time-outs only detect silent connections. Netty creates this class through a service file.
 */
@RegisterForReflection
public final class SlowHeaderGuard extends ChannelInitializerExtension {

    /** The system property that makes Netty look for extensions. */
    private static final String EXTENSIONS = "io.netty.bootstrap.extensions";
    private static final Map<String, Conversation> CONVERSATIONS = new ConcurrentHashMap<>();
    private static final Set<ServerChannel> DOORS = ConcurrentHashMap.newKeySet();
    /** The service accepts connections again after this time, even if the certificate change takes longer. */
    private static final int CLOSED_SECONDS = 5;
    private static volatile long maxNanos = TimeUnit.SECONDS.toNanos(10);

    /** Watches the connections of servers that start to listen after this call. */
    static void watch(long nanos) {
        maxNanos = nanos;
        if (System.getProperty(EXTENSIONS) == null) {
            System.setProperty(EXTENSIONS, "serviceload");
        }
    }

    /** Accepts connections, or leaves them in the accept queue of the operating system for a few seconds at most. */
    static void letIn(boolean open) {
        for (ServerChannel door : DOORS) {
            door.config().setAutoRead(open);
            if (!open) {
                door.eventLoop().schedule(() -> door.config().setAutoRead(true), CLOSED_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** Returns the connection from this address, or null if it is not watched. */
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

    /**
     * The state of a connection: it waits for the head of a request, or a request is being answered. Confined to its event
     * loop.
     */
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
            }, maxNanos, TimeUnit.NANOSECONDS);
        }

        /**
         * Returns whether the connection belongs to our server. Other servers in this process, as in tests, speak other
         * protocols.
         */
        private boolean isOurs() {
            return channel.pipeline().toMap().values().stream()
                    .anyMatch(handler -> handler.getClass().getName().startsWith("io.vertx.core."));
        }

        /** Marks that the head of a request has arrived. */
        void begins() {
            awaitedSince = 0;
            answering = true;
        }

        /** Marks that the response has been sent; the next bytes belong to another head. */
        void ends() {
            answering = false;
        }

        /** Marks a socket or a multiplexed connection, which waits for no more heads. */
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
