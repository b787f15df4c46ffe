package io.freshet.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;

/** Verifies bearer tokens: JSON web tokens with a valid signature, issuer, audience and expiry. */
@ApplicationScoped
public class Tokens {

    private static final Logger LOG = Logger.getLogger(Tokens.class);

    private final SecurityConfig.Jwt config;
    private final Instance<JWTParser> parser;

    public Tokens(SecurityConfig config, Instance<JWTParser> parser) {
        this.config = config.jwt();
        this.parser = parser;
    }

    /**
     * Finds the owner of a token. It may block while the keys of the issuer are fetched.
     *
     * @return empty if the token is not valid, or its groups grant no role
     */
    Optional<Caller> find(String presented) {
        try {
            JsonWebToken token = parser.get().parse(presented);
            Set<String> groups = token.getGroups();
            String name = token.getName();
            return role(groups == null ? Set.of() : groups)
                    .map(role -> new Caller(name == null ? "token" : AuditLog.harmless(name), role,
                            Optional.of(Instant.ofEpochSecond(token.getExpirationTime())), Optional.empty()));
        } catch (ParseException e) {
            LOG.debugf("Token rejected: reason=%s", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Role> role(Set<String> groups) {
        if (groups.contains(config.adminGroup())) {
            return Optional.of(Role.ADMIN);
        }
        if (groups.contains(config.operateGroup())) {
            return Optional.of(Role.OPERATE);
        }
        return groups.contains(config.readGroup()) ? Optional.of(Role.READ) : Optional.empty();
    }
}
