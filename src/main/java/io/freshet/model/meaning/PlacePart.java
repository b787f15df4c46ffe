package io.freshet.model.meaning;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An attribute of the row's place. All columns of a group describe the same place, which agrees with the columns that the model
 * draws, such as the state.
 *
 * @param group identifies the place, because a row may have several
 * @param countries the codes of the countries from which places are chosen
 * @param given the columns that are already drawn; {@code givenFields} names the attribute that each holds
 */
record PlacePart(int group, List<String> countries, List<Integer> given, List<PlaceField> givenFields, PlaceField field,
        WordCase wordCase) implements TextPart {

    private static final int STREAM = 1 << 20;

    PlacePart {
        countries = List.copyOf(countries);
        given = List.copyOf(given);
        givenFields = List.copyOf(givenFields);
    }

    @Override
    public void write(RowTexts row, StringBuilder out) {
        int[] candidates = candidates(row);
        long word = row.word(STREAM + group);
        Place place = Places.all().get(candidates[(int) Long.remainderUnsigned(word, candidates.length)]);
        if (field == PlaceField.LATITUDE || field == PlaceField.LONGITUDE) {
            // the list gives the centre of a town; the row lies near it
            double offset = (((word >>> (field == PlaceField.LATITUDE ? 8 : 32)) & 0xFFFF) - 32768) / 32768.0 * .05;
            out.append(Math.round((Double.parseDouble(place.text(field)) + offset) * 1e5) / 1e5);
        } else {
            out.append(wordCase.apply(place.text(field)));
        }
    }

    private int[] candidates(RowTexts row) {
        int[] candidates = Places.in(countries);
        for (int i = 0; i < given.size(); i++) {
            String text = row.text(given.get(i));
            if (text != null) {
                int[] there = Places.with(givenFields.get(i), text);
                int[] before = candidates;
                int[] both = IntStream.of(there).filter(place -> Arrays.binarySearch(before, place) >= 0).toArray();
                candidates = both.length > 0 ? both : candidates;
            }
        }
        return candidates;
    }

    @Override
    public double variety() {
        return Places.in(countries).length;
    }
}
