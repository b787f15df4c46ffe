package io.freshet.rabbitmq;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnectorCommonConfiguration;

/** Connects with RabbitMQ by the settings of a channel, and says why it cannot. */
final class BrokerConnection {

    private final RabbitMQConnectorCommonConfiguration settings;
    private final List<Address> addresses;
    private final String user;

    BrokerConnection(RabbitMQConnectorCommonConfiguration settings) {
        this.settings = settings;
        this.addresses = settings.getAddresses().map(each -> List.of(Address.parseAddresses(each)))
                .orElseGet(() -> List.of(new Address(settings.getHost(), settings.getPort())));
        this.user = settings.getUsername().orElse(ConnectionFactory.DEFAULT_USER);
    }

    /** Connects. It does not reconnect by itself, because both ends of a channel need to know when messages may be lost. */
    Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername(user);
        factory.setPassword(settings.getPassword().orElse(ConnectionFactory.DEFAULT_PASS));
        factory.setVirtualHost(settings.getVirtualHost());
        factory.setConnectionTimeout(settings.getConnectionTimeout());
        factory.setHandshakeTimeout(settings.getHandshakeTimeout());
        factory.setRequestedHeartbeat(settings.getRequestedHeartbeat());
        factory.setRequestedChannelMax(settings.getRequestedChannelMax());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setThreadFactory(work -> Threads.create(ThreadKind.RABBITMQ, settings.getChannel(), work));
        if (settings.getSsl()) {
            encrypt(factory);
        }
        return factory.newConnection(addresses, "freshet " + settings.getChannel());
    }

    private void encrypt(ConnectionFactory factory) throws IOException {
        try {
            if (settings.getTrustAll()) {
                factory.useSslProtocol();
                return;
            }
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trustStore());
            context.init(null, trusted.getTrustManagers(), null);
            factory.useSslProtocol(context);
            if (!settings.getSslHostnameVerificationAlgorithm().equals("NONE")) {
                factory.enableHostnameVerification();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** @return null for the certificates of the Java runtime */
    private @Nullable KeyStore trustStore() throws IOException, GeneralSecurityException {
        if (settings.getTrustStorePath().isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (var in = Files.newInputStream(Path.of(settings.getTrustStorePath().get()))) {
            store.load(in, settings.getTrustStorePassword().map(String::toCharArray).orElse(null));
        }
        return store;
    }

    /** Declares the exchange of the channel unless its settings forbid it. The default exchange has no name. */
    void declareExchange(Channel channel) throws IOException {
        if (settings.getExchangeDeclare() && !exchange().isEmpty()) {
            channel.exchangeDeclare(exchange(), settings.getExchangeType(), settings.getExchangeDurable(),
                    settings.getExchangeAutoDelete(), null);
        }
    }

    String exchange() {
        String name = settings.getExchangeName().orElse(settings.getChannel());
        return name.equals("\"\"") ? "" : name;
    }

    /** Returns why the broker cannot be used, in the broker's own words where it gives any. */
    String reason(Throwable thrown) {
        String broker = "RabbitMQ at " + addresses.get(0);
        if (thrown instanceof AuthenticationFailureException) {
            return broker + " rejects user " + user + " or its password";
        }
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ShutdownSignalException signal) {
                return broker + closed(signal);
            }
        }
        if (thrown instanceof ConnectException) {
            return broker + " cannot be reached";
        }
        return broker + " failed: " + (thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage());
    }

    private static String closed(ShutdownSignalException signal) {
        String text = text(signal.getReason());
        return text == null ? " closed the connection" : ": " + text;
    }

    /** Returns the broker's explanation; null if the connection broke without one. */
    static @Nullable String text(@Nullable Method reason) {
        if (reason instanceof AMQP.Channel.Close close) {
            return close.getReplyText();
        }
        return reason instanceof AMQP.Connection.Close close ? close.getReplyText() : null;
    }
}
