/** Access control: keys and tokens, roles, origins, limits, outbound addresses, and the masking of secrets. */
@NullMarked
package io.freshet.security;

import org.jspecify.annotations.NullMarked;
