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
 * Where the service may connect to for a client that names an address: a feed, a webhook. A service that others can reach
 * does not let them reach its own network: private, loopback and link-local addresses, those of cloud metadata among them,
 * are refused unless they are allowed by name or network. Whoever connects must use the addresses that are returned, and not
 * resolve the name again: it could mean another address by then.
 */
@ApplicationScoped
public class OutboundAddresses {

    /** Private although the JDK does not say so: shared, this network, benchmarks, reserved, unique local, mapped. */
    private static final List<String> PRIVATE = List.of("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15",
            "240.0.0.0/4", "::/96", "fc00::/7", "64:ff9b::/96", "2002::/16", "2001::/32");

    /** Of the domain name system (RFC 1035). */
    private static final int LONGEST_NAME = 253;

    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";

    /** Decimal to some, octal to others: 0177.0.0.1 may be 177.0.0.1 and 127.0.0.1. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[0-9.]*(?<![0-9])0[0-9][0-9.]*");

    /** {@link #PRIVATE}; not static, as a native image cannot hold addresses. */
    private final List<Network> reserved = PRIVATE.stream().map(Network::parse).toList();
    private final boolean privateAllowed;
    private final List<String> names;
    private final List<Network> networks;

    @Inject
    public OutboundAddresses(SecurityConfig config, Exposure exposure) {
        this(config.outbound().privateAddresses().orElse(exposure.isLoopback()), config.outbound().allow().orElse(List.of()));
    }

    /**
     * @param privateAllowed whether private addresses are allowed without being named
     * @param allow names and networks; if there are any, nothing else is allowed
     */
    public OutboundAddresses(boolean privateAllowed, List<String> allow) {
        this.privateAllowed = privateAllowed;
        this.names = allow.stream().filter(text -> text.indexOf('/') < 0).map(text -> text.toLowerCase(Locale.ROOT)).toList();
        this.networks = allow.stream().filter(text -> text.indexOf('/') >= 0).map(Network::parse).toList();
    }

    /**
     * The addresses to which a client may have the service connect.
     *
     * @throws RefusedAddressException if it may not, or there are none
     */
    public List<InetAddress> check(URI target) {
        String host = target.getHost();
        if (host == null || host.isBlank() || target.getRawUserInfo() != null) {
            throw new RefusedAddressException("must be an address with a host, and without a user");
        }
        return check(host);
    }

    /**
     * Where to connect to: the name is resolved now, and not again.
     *
     * @throws RefusedAddressException as {@link #check(URI)}
     */
    public Destination destination(URI target) {
        return Destination.of(target, check(target).get(0));
    }

    /** Clients that connect to an address and not to a name have to say the name themselves, which they may not by default. */
    void allowHostHeader(@Observes @Priority(1) StartupEvent event) {
        if (System.getProperty(RESTRICTED) == null) {
            System.setProperty(RESTRICTED, "host");
        }
    }

    /** The same for a host. */
    public List<InetAddress> check(String host) {
        if (host.length() > LONGEST_NAME) {
            throw new RefusedAddressException("names a host that is longer than names can be");
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (AMBIGUOUS.matcher(name).matches()) {
            throw new RefusedAddressException("names an address that can be read in two ways: " + host);
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(name);
        } catch (UnknownHostException e) {
            throw new RefusedAddressException("names a host that is not known: " + host);
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
            return "not among those in freshet.security.outbound.allow";
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
