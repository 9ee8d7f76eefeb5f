package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateHash;
import org.isochron.sequencer.replica.StateMachine;

/** The hash of each noun of a venue at one place of the log. */
public record NounHashes(long books, long ledger, long marks, long sessions) {

    /** Those of a machine after its last command. */
    public static NounHashes of(final StateMachine machine) {
        return new NounHashes(
                machine.hash(Noun.BOOKS),
                machine.hash(Noun.LEDGER),
                machine.hash(Noun.MARKS),
                machine.hash(Noun.SESSIONS));
    }

    public long hash(final Noun noun) {
        return switch (noun) {
            case BOOKS -> books;
            case LEDGER -> ledger;
            case MARKS -> marks;
            case SESSIONS -> sessions;
        };
    }

    /** XXH64 over the four as 32 little-endian bytes, in the order of {@link Noun}: the one hash of a whole venue. */
    public long combined() {
        return new StateHash().of(books, ledger, marks, sessions);
    }

    /** Each under its name in lower case, 16 hex digits. */
    ObjectNode toJson() {
        return JsonText.object()
                .put("books", JsonText.hash(books))
                .put("ledger", JsonText.hash(ledger))
                .put("marks", JsonText.hash(marks))
                .put("sessions", JsonText.hash(sessions));
    }

    /** First noun in which {@code other} differs, null when none does. */
    public Noun firstDifference(final NounHashes other) {
        for (int noun = 0; noun < Noun.COUNT; noun++) {
            if (hash(Noun.of(noun)) != other.hash(Noun.of(noun))) {
                return Noun.of(noun);
            }
        }
        return null;
    }
}
