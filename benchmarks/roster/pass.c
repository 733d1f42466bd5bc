/* The physical limit: one pass over the columns of the activities, everything already in memory. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { GRID = 90, KINDS = 12, SEMINAR = 12, ABSENT = 255 };
enum { PUBLIC, TRAINING, EXAM, STUDY, PRACTICE, LECTURE, ATTENDANCE, PATENT, PROJECT, PAPER, BOOK, OTHER };

/* First days of 2025 and of the four years after it, since 1970. */
static const int32_t YEARS[] = {20089, 20454, 20819, 21184, 21550};
static const int32_t NO_CEILING = INT32_MAX;
static const int32_t CEILING[KINDS] = {0, 0, 0, 60, 30, 50, 20, 40, 40, 20, 40, 30};

typedef struct {
    int64_t rows, persons;
    const int32_t *person, *matter, *day, *days, *minutes, *tenths, *author_order, *subjects_passed;
    const uint8_t *kind, *assessment, *organiser_level, *degree, *ip_type, *role, *authorship, *status;
    const uint8_t *evidence, *obtained, *concluded;
} Columns;

typedef struct {
    int32_t hours[2][KINDS];
    uint8_t completed[2];
} Person;

/* The largest so far of one kind on one matter of one person. */
typedef struct {
    uint64_t key;
    int32_t largest[2];
} Matter;

static int fails(const Columns *c, int64_t i) {
    if (c->status[i] == 2) return 1;
    uint8_t a = c->assessment[i], level = c->organiser_level[i];
    switch (c->kind[i]) {
    case PUBLIC: case TRAINING: return a != 0 && a != ABSENT;
    case SEMINAR: return (a != 0 && a != ABSENT) || level > 1;
    case LECTURE: case ATTENDANCE: return level > 1;
    case EXAM: return c->subjects_passed[i] == 0;
    case PROJECT: return !c->concluded[i];
    case SEMINAR + 1: case SEMINAR + 2: return c->degree[i] > 2 || !c->obtained[i];
    }
    return 0;
}

static int32_t worth(const Columns *c, int64_t i) {
    int32_t learnt = c->days[i] * 8 * GRID + c->minutes[i] * 2 + c->tenths[i] * 9;
    switch (c->kind[i]) {
    case LECTURE: return 6 * learnt;
    case EXAM: return 20 * GRID * c->subjects_passed[i];
    case PATENT: return (c->ip_type[i] ? 10 : 30) * GRID;
    case PROJECT: return (c->role[i] ? 20 : 40) * GRID;
    case PAPER: return (c->authorship[i] == 0 ? 20 : c->author_order[i] == 1 ? 15 : 5) * GRID;
    case BOOK: return (c->authorship[i] ? 20 : 40) * GRID;
    }
    return learnt;
}

static Matter *find(Matter *table, uint64_t mask, uint64_t key) {
    uint64_t at = (key * 0x9E3779B97F4A7C15ull) >> 20;
    while (table[at & mask].key && table[at & mask].key != key) at++;
    Matter *found = &table[at & mask];
    found->key = key;
    return found;
}

/* Writes, for each person, the professional and public hours at the least and at the most (four numbers),
 * and the verdict: 0 met, 1 undetermined, 2 not met. Returns 0, or 1 where there is not enough memory. */
int assess(const Columns *c, int32_t *spans, uint8_t *verdicts) {
    uint64_t stated = 0, size = 16;
    for (int64_t i = 0; i < c->rows; i++) stated += c->matter[i] >= 0;
    while (size < 2 * stated) size *= 2;
    Person *persons = calloc(c->persons, sizeof(Person));
    Matter *matters = calloc(size, sizeof(Matter));
    if (!persons || !matters) {
        free(persons);
        free(matters);
        return 1;
    }
    for (int64_t i = 0; i < c->rows; i++) {
        uint8_t kind = c->kind[i];
        if (c->day[i] < YEARS[0] || fails(c, i)) continue;
        Person *person = &persons[c->person[i]];
        int assessed = kind == PUBLIC || kind == TRAINING || kind == SEMINAR;
        int sure = c->status[i] == 0 && c->evidence[i] == 0 && !(assessed && c->assessment[i] == ABSENT);
        if (kind >= SEMINAR) {
            int span = kind == SEMINAR ? 1 : 2 + c->degree[i];
            if (c->day[i] >= YEARS[span]) continue;
            person->completed[1] = 1;
            person->completed[0] |= sure;
            continue;
        }
        if (c->day[i] >= YEARS[1]) continue;
        int32_t amount[2] = {0, worth(c, i)};
        amount[0] = sure ? amount[1] : 0;
        if (c->matter[i] >= 0) {
            uint64_t key = ((uint64_t)c->person[i] << 36 | (uint64_t)kind << 32 | (uint32_t)c->matter[i]) + 1;
            Matter *matter = find(matters, size - 1, key);
            for (int end = 0; end < 2; end++) {
                int32_t more = amount[end] - matter->largest[end];
                amount[end] = more > 0 ? more : 0;
                matter->largest[end] += amount[end];
            }
        }
        for (int end = 0; end < 2; end++) person->hours[end][kind] += amount[end];
    }
    for (int64_t p = 0; p < c->persons; p++) {
        int met[2];
        for (int end = 0; end < 2; end++) {
            int32_t earned = 0, common = persons[p].hours[end][PUBLIC];
            for (int kind = TRAINING; kind < KINDS; kind++) {
                int32_t most = CEILING[kind] ? CEILING[kind] * GRID : NO_CEILING;
                int32_t hours = persons[p].hours[end][kind];
                earned += hours < most ? hours : most;
            }
            if (persons[p].completed[end] && earned < 60 * GRID) earned = 60 * GRID;
            met[end] = earned >= 60 * GRID && earned + common >= 90 * GRID;
            spans[4 * p + end] = earned;
            spans[4 * p + 2 + end] = common;
        }
        verdicts[p] = met[0] ? 0 : met[1] ? 1 : 2;
    }
    free(persons);
    free(matters);
    return 0;
}
