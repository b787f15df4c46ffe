package io.freshet.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of permissions. Each role includes the permissions of those before it. */
public enum Role {

    /** Read, and draw samples. */
    READ,
    /** Fit models, start and stop streams. */
    OPERATE,
    /** Delete. */
    ADMIN;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> find(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(Role::id).toList();
    }

    /** Returns the identifiers of this role and of those that it includes. */
    Set<String> included() {
        return Arrays.stream(values()).filter(this::covers).map(Role::id).collect(Collectors.toSet());
    }

    boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
