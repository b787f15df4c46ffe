/**
 * Who may do what: keys and tokens, roles, origins, limits, outbound addresses, secrets that are not shown.
 */
@NullMarked
package io.freshet.security;

import org.jspecify.annotations.NullMarked;
