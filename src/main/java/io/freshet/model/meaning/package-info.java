/**
 * Finds what the texts of a table mean, and generates texts of the same meaning and form: forms learned part by part, lists of
 * names and places, check digits, and texts composed of other columns of the row. Plain Java.
 */
@NullMarked
package io.freshet.model.meaning;

import org.jspecify.annotations.NullMarked;
