package io.freshet.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where to connect to: an address that was checked, so that a name cannot mean another one by then.
 *
 * @param address with the address in the place of the name; with the name where the connection is encrypted: there nobody
 *        answers who cannot prove that the name is his
 * @param host the header {@code Host}, where the address does not say it
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
            throw new RefusedAddressException("is no address");
        }
    }
}
