/** The commands of the command-line interface. They need no server: tables, models and definitions are files. */
@NullMarked
package io.freshet.cli;

import org.jspecify.annotations.NullMarked;
