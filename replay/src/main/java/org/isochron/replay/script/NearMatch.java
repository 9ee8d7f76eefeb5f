package org.isochron.replay.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what somebody may have meant: the known words that a few edits turn a wrong one into. */
final class NearMatch {
    private static final int MOST = 3;

    private record Candidate(String word, int edits) {}

    private NearMatch() {}

    /** A clause like {@code did you mean "Cancel"?}, or the words there are when none is near and there are few. */
    static String hint(final String wrong, final Collection<String> known) {
        final List<Candidate> near = known.stream()
                .map(word -> new Candidate(word, edits(fold(wrong), fold(word))))
                .filter(candidate -> candidate.edits() <= Math.max(2, wrong.length() / 3))
                .sorted(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::word))
                .limit(MOST)
                .toList();
        if (near.isEmpty()) {
            return "there are " + String.join(", ", known);
        }
        return near.stream()
                .map(candidate -> "\"" + candidate.word() + "\"")
                .collect(Collectors.joining(" or ", "did you mean ", "?"));
    }

    private static String fold(final String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance: insertions, deletions and replacements of one character. */
    private static int edits(final String from, final String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            final int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                final int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
