WITH drawn AS (
    SELECT i // {each} AS n, (i % {each})::INT AS j,
        draw(i // {each}, 0, 'edge', 100) AS edge, draw(i // {each}, 0, 'edge of', 12) AS edge_of,
        draw(i // {each}, 0, 'tie', 1000) AS tie, draw(i // {each}, 0, 'completion', 1000) AS completion,
        draw(i // {each}, 0, 'cross', 1000) < {cross} AS cross_,
        draw(n, j, 'kind', 1000) AS k, draw(n, j, 'missing', 200) = 0 AS missing,
        draw(n, j, 'a', 100) AS a, draw(n, j, 'b', 100) AS b, draw(n, j, 'c', 100) AS c,
        draw(n, j, 'year', 100) AS y, draw(n, j, 'event', 4000) AS e
    FROM range({persons} * {each}) t(i)
), kinds AS (
    SELECT *,
        edge < 12 AND j < 6 AS on_edge,
        tie < 5 AND j IN (7, 8) AS tied,
        cross_ AND j IN (9, 10) AS crossed,
        CASE
            WHEN on_edge THEN CASE WHEN j < 3 THEN 'public_course'
                WHEN edge_of = 10 AND j = 3 THEN 'attendance' ELSE 'training' END
            WHEN completion < 20 AND j = 14 THEN CASE WHEN completion < 12 THEN 'advanced_seminar'
                WHEN completion < 18 THEN 'degree' ELSE 'party_school_degree' END
            WHEN tied THEN ['training', 'lecture', 'attendance', 'paper', 'book'][1 + tie]
            WHEN crossed THEN CASE j WHEN 9 THEN 'lecture' ELSE 'attendance' END
            {kinds}
        END AS kind,
        kind IN ('degree', 'party_school_degree') AS of_degree,
        kind IN ('public_course', 'training', 'attendance', 'other', 'lecture', 'practice', 'further_study')
            AS timed,
        CASE WHEN of_degree THEN CASE WHEN y < 25 THEN -1 WHEN y < 65 THEN 0 ELSE 1 END
            WHEN on_edge THEN 0
            WHEN edge < 12 THEN -1
            WHEN tied OR crossed THEN 0
            WHEN y < 3 THEN -1 WHEN y < 5 THEN 1 ELSE 0 END AS later
    FROM drawn
), times AS (
    SELECT *,
        CASE WHEN on_edge THEN j = 5 AND edge_of IN (5, 6, 7) ELSE timed AND a < 40 END AS by_hours,
        CASE
            WHEN on_edge THEN CASE edge_of WHEN 5 THEN 199 WHEN 6 THEN 201 ELSE 200 END
            WHEN kind = 'lecture' THEN 5 + b % 40
            WHEN kind = 'attendance' THEN CASE WHEN b < 15 THEN 199 + b % 3 ELSE 20 + b % 100 END
            WHEN kind = 'practice' THEN CASE WHEN b < 15 THEN 299 + b % 3 ELSE 20 + b % 100 END
            WHEN kind = 'further_study' THEN CASE WHEN b < 5 THEN 599 + b % 3 ELSE 40 + b END
            ELSE 20 + b % 80
        END AS tenths,
        CASE
            WHEN on_edge THEN CASE WHEN j < 3 THEN 1 ELSE 2 END
            WHEN kind = 'lecture' OR c < 45 THEN NULL
            WHEN c < 90 THEN 1 ELSE 2
        END AS stated_days,
        CASE
            WHEN on_edge THEN CASE WHEN j < 3 THEN 90
                WHEN j = 5 AND edge_of = 3 THEN 179 WHEN j = 5 AND edge_of = 4 THEN 181 ELSE 180 END
            WHEN kind = 'lecture' THEN [30, 45, 60, 90, 50, 40, 25, 375, 374, 190][1 + b % 10]
            WHEN c % 2 = 0 AND stated_days IS NOT NULL THEN NULL
            ELSE [45, 90, 135, 180, 200, 40, 50, 75, 360, 100][1 + b % 10]
        END AS stated_minutes
    FROM kinds
)
SELECT
    {id} AS person,
    'A' || lpad((n * {each} + j)::VARCHAR, 11, '0') AS id,
    kind,
    make_date({year} + later, 1, 1) + (draw(n, j, 'day', 365)) AS date,
    CASE WHEN timed AND NOT by_hours THEN stated_days END AS days,
    CASE WHEN timed AND NOT by_hours THEN stated_minutes END AS minutes,
    CASE WHEN by_hours THEN (tenths::DECIMAL(6, 1) * 0.1)::DECIMAL(5, 1) END AS hours,
    CASE WHEN kind IN ('public_course', 'training', 'advanced_seminar') THEN CASE
        WHEN on_edge THEN CASE WHEN j = 2 AND edge_of = 9 THEN NULL
            WHEN j = 5 AND edge_of = 11 THEN 'failed' ELSE 'passed' END
        WHEN missing THEN NULL WHEN b < 90 THEN 'passed' WHEN b < 96 THEN 'failed' ELSE 'none' END
    END AS assessment,
    CASE WHEN kind IN ('lecture', 'attendance', 'advanced_seminar')
        THEN CASE WHEN c < 30 THEN 'national' WHEN c < 90 OR on_edge THEN 'region' ELSE 'prefecture' END
    END AS organiser_level,
    CASE WHEN of_degree
        THEN CASE WHEN a < 45 THEN 'bachelor' WHEN a < 75 THEN 'master' WHEN a < 90 THEN 'doctor'
            ELSE 'associate' END
    END AS degree,
    CASE WHEN of_degree THEN b < 85 END AS obtained,
    CASE WHEN kind = 'intellectual_property' THEN CASE WHEN a < 60 THEN 'invention' ELSE 'software' END
    END AS ip_type,
    CASE WHEN kind = 'research_project' THEN CASE WHEN a < 30 THEN 'lead' ELSE 'member' END END AS role,
    CASE WHEN kind = 'research_project' THEN b < 80 END AS concluded,
    CASE WHEN kind IN ('paper', 'book') THEN CASE WHEN a < 40 THEN 'sole' ELSE 'joint' END END AS authorship,
    CASE WHEN kind IN ('paper', 'book') THEN CASE WHEN a < 40 THEN 1 ELSE 1 + b % 4 END END AS author_order,
    CASE WHEN kind = 'qualification_exam' THEN b % 4 END AS subjects_passed,
    CASE WHEN on_edge THEN CASE WHEN j = 2 AND edge_of = 8 THEN 'pending' ELSE 'registered' END
        WHEN draw(n, j, 'status', 1000) < 5 THEN 'pending'
        WHEN draw(n, j, 'status', 1000) = 5 THEN 'void' ELSE 'registered' END AS status,
    CASE WHEN draw(n, j, 'evidence', 1000) < 5 AND NOT on_edge THEN 'missing' ELSE 'complete' END AS evidence,
    CASE WHEN tied OR crossed THEN CASE WHEN kind NOT IN ('paper', 'book') THEN 'E-' || n END
        WHEN kind IN ('lecture', 'attendance') AND a % 10 < 3 THEN 'E' || (e * {each} + j) END AS event,
    CASE WHEN kind IN ('paper', 'book')
        THEN 'W' || n || CASE WHEN tied THEN '' ELSE '-' || j END END AS work
FROM times {order}
