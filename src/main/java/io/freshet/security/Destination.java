package io.freshet.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A checked address to connect to. It is pinned, so that the name cannot resolve to another address in the meantime.
 *
 * @param address the URI with the IP address in place of the name; with the name if the connection is encrypted, because then
 *        the server must prove that it owns the name
 * @param host the header {@code Host} if the address does not contain the name
 */
public record Destination(URI address, Optional<String> host) {

    static Destination of(URI target, InetAddress checked) {
        if (List.of("wss", "https").contains(target.getScheme().toLowerCase(Locale.ROOT))) {
            return new Destination(target, Optional.empty());
        }
        String literal = checked instanceof Inet6Address ? "[" + checked.getHostAddress().replaceFirst("%.*", "") + "]"
                : checked.getHostAddress();
        try {
            URI address = new URI(target.getScheme() + "://" + literal + (target.getPort() < 0 ? "" : ":" + target.getPort())
                    + target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()));
            return new Destination(address, Optional.of(target.getRawAuthority()));
        } catch (URISyntaxException e) {
            throw new RefusedAddressException("is not a valid address");
        }
    }
}
