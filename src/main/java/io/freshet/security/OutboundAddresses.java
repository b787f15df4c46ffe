package io.freshet.security;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.StartupEvent;

/**
 * Decides where the service may connect to on behalf of a client that names an address, such as a WebSocket source or a
 * webhook. A service that other machines can reach does not give them access to its own network: it refuses private, loopback
 * and link-local addresses, including those of cloud metadata services, unless they are allowed by name or network. Callers
 * must connect to the returned addresses and must not resolve the name again, because it could then resolve to another address.
 */
@ApplicationScoped
public class OutboundAddresses {

    /**
     * Private ranges that the JDK does not report as such: shared, this network, benchmarks, reserved, unique local, mapped.
     */
    private static final List<String> PRIVATE = List.of("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15",
            "240.0.0.0/4", "::/96", "fc00::/7", "64:ff9b::/96", "2002::/16", "2001::/32");

    /** The maximum length of a host name in the domain name system (RFC 1035). */
    private static final int MAX_NAME_LENGTH = 253;

    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";

    /**
     * Numbers with leading zeros, which some programs read as decimal and others as octal: 0177.0.0.1 may be 177.0.0.1 or
     * 127.0.0.1.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[0-9.]*(?<![0-9])0[0-9][0-9.]*");

    /** The parsed {@link #PRIVATE}. Not static, because a native image cannot hold addresses. */
    private final List<Network> reserved = PRIVATE.stream().map(Network::parse).toList();
    private final boolean privateAllowed;
    private final List<String> names;
    private final List<Network> networks;

    @Inject
    public OutboundAddresses(SecurityConfig config, AccessMode accessMode) {
        this(config.outbound().privateAddresses().orElse(accessMode.isLoopback()), config.outbound().allow().orElse(List.of()));
    }

    /**
     * @param privateAllowed whether private addresses are allowed without being listed
     * @param allow names and networks; if the list is not empty, no other addresses are allowed
     */
    public OutboundAddresses(boolean privateAllowed, List<String> allow) {
        this.privateAllowed = privateAllowed;
        this.names = allow.stream().filter(text -> text.indexOf('/') < 0).map(text -> text.toLowerCase(Locale.ROOT)).toList();
        this.networks = allow.stream().filter(text -> text.indexOf('/') >= 0).map(Network::parse).toList();
    }

    /**
     * Returns the addresses to which the service may connect for a client.
     *
     * @throws RefusedAddressException if the address is not allowed or does not exist
     */
    public List<InetAddress> check(URI target) {
        String host = target.getHost();
        if (host == null || host.isBlank() || target.getRawUserInfo() != null) {
            throw new RefusedAddressException("must be an address with a host, and without a user");
        }
        return check(host);
    }

    /**
     * Returns where to connect to. The name is resolved now and not again.
     *
     * @throws RefusedAddressException as {@link #check(URI)}
     */
    public Destination destination(URI target) {
        return Destination.of(target, check(target).get(0));
    }

    /**
     * Allows the JDK's HTTP client to set the header {@code Host}. A client that connects to an IP address must set it, which
     * is forbidden by default.
     */
    void allowHostHeader(@Observes @Priority(1) StartupEvent event) {
        if (System.getProperty(RESTRICTED) == null) {
            System.setProperty(RESTRICTED, "host");
        }
    }

    /**
     * Returns the addresses of a host to which the service may connect.
     *
     * @throws RefusedAddressException as {@link #check(URI)}
     */
    public List<InetAddress> check(String host) {
        if (host.length() > MAX_NAME_LENGTH) {
            throw new RefusedAddressException("names a host with a name of more than " + MAX_NAME_LENGTH + " characters");
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (AMBIGUOUS.matcher(name).matches()) {
            throw new RefusedAddressException("names an ambiguous address: " + host);
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(name);
        } catch (UnknownHostException e) {
            throw new RefusedAddressException("names an unknown host: " + host);
        }
        boolean named = names.stream().anyMatch(pattern -> matches(pattern, name));
        for (InetAddress address : addresses) {
            String reason = named ? null : reason(address);
            if (reason != null) {
                throw new RefusedAddressException("names a host that may not be reached from here: " + host + " is " + reason);
            }
        }
        return Arrays.asList(addresses);
    }

    private static boolean matches(String pattern, String name) {
        return pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : name.equals(pattern);
    }

    private @Nullable String reason(InetAddress address) {
        if (networks.stream().anyMatch(network -> network.contains(address))) {
            return null;
        }
        if (!names.isEmpty() || !networks.isEmpty()) {
            return "not listed in freshet.security.outbound.allow";
        }
        return !privateAllowed && isPrivate(address)
                ? "a private address; freshet.security.outbound.allow can allow it"
                : null;
    }

    private boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()
                || reserved.stream().anyMatch(network -> network.contains(address));
    }
}
