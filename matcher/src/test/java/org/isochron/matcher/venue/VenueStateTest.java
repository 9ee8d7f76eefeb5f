package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.StateVisitor;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.StateImage;
import org.junit.jupiter.api.Test;

class VenueStateTest {
    private final Venue venue = new Venue();

    @Test
    void shouldVisitEveryPieceOfStateThereIs() {
        final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        venue.state().visit(new StateVisitor() {
            @Override
            public void part(final StatePart part) {
                assertTrue(visited.add(part), "a piece of state is visited twice: " + part);
            }

            @Override
            public void derived(final DerivedState derived) {
                assertTrue(visited.add(derived), "derived twice: " + derived);
            }
        });
        final List<String> forgotten = new ArrayList<>();
        for (final Object found : reachable()) {
            if ((found instanceof StatePart || found instanceof DerivedState) && !visited.contains(found)) {
                forgotten.add(found.getClass().getSimpleName());
            }
        }
        assertEquals(List.of(), forgotten, "kept by a venue, but neither hashed nor in a snapshot");
    }

    @Test
    void shouldHashAsItsSavedParts() {
        final StateImage image = new StateImage();
        venue.save(image);
        long saved = 0;
        image.rewind();
        while (!image.isAtEnd()) {
            image.nextSection();
            saved += image.sectionHash();
            image.skipSection();
        }
        long kept = 0;
        for (final Noun noun : Noun.values()) {
            kept += venue.hash(noun);
        }
        assertEquals(kept, saved);
    }

    @Test
    void shouldRefuseAnImageThatWasCutOff() {
        final StateImage image = new StateImage();
        venue.save(image);
        final StateImage cut = new StateImage();
        for (long left = image.size() / 2; left > 0; left--) {
            cut.put(image.get());
        }
        assertThrows(SnapshotException.class, () -> new Venue().load(cut));
    }

    @Test
    void shouldRefuseAnImageWithAnotherValueInACell() {
        final StateImage image = new StateImage();
        venue.save(image);
        final StateImage changed = new StateImage();
        while (!image.isAtEnd()) {
            final long value = image.get();
            changed.put(value == 1_000_000 ? 1_000_001 : value);
        }
        final SnapshotException refused = assertThrows(SnapshotException.class, () -> new Venue().load(changed));
        assertTrue(refused.getMessage().startsWith("sessions: hash was"), refused::getMessage);
    }

    /** Everything of the venue's own classes that it holds on to, over any number of steps. */
    private Set<Object> reachable() {
        final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Object> open = new ArrayDeque<>();
        open.add(venue);
        seen.add(venue);
        while (!open.isEmpty()) {
            final Object next = open.remove();
            if (next instanceof final Object[] array) {
                for (final Object element : array) {
                    note(element, seen, open);
                }
            } else {
                for (Class<?> type = next.getClass(); type != null; type = type.getSuperclass()) {
                    noteFields(next, type, seen, open);
                }
            }
        }
        return seen;
    }

    private static void noteFields(
            final Object holder, final Class<?> type, final Set<Object> seen, final Deque<Object> open) {
        for (final Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                try {
                    field.setAccessible(true);
                    note(field.get(holder), seen, open);
                } catch (final InaccessibleObjectException | IllegalAccessException e) {
                    throw new AssertionError(field.toString(), e);
                }
            }
        }
    }

    private static void note(final Object found, final Set<Object> seen, final Deque<Object> open) {
        if (found == null) {
            return;
        }
        final boolean own =
                found instanceof Object[] || found.getClass().getName().startsWith("org.isochron.");
        if (own && !found.getClass().isEnum() && seen.add(found)) {
            open.add(found);
        }
    }
}
