# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the actions and conditions of media retention policies."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.retention_policy)."""

    DOCUMENTATION = r"""
options:
  actions:
    description:
      - What the policy does with the conversations of all media that fit O(conditions).
    type: dict
    suboptions: &actions
      retain_recording:
        description: Whether recordings are kept. The API's default is V(true).
        type: bool
      delete_recording:
        description: Whether recordings are deleted. It has no effect while recordings are retained.
        type: bool
      always_delete:
        description: Whether recordings are deleted although they are retained.
        type: bool
      retention_duration:
        description: When retained recordings are archived and deleted.
        type: dict
        suboptions: &durations
          archive_retention: &archive
            description: When recordings are archived.
            type: dict
            suboptions:
              days:
                description: Number of days after the conversation.
                type: int
              storage_medium:
                description: Where they are archived. The API knows V(CLOUDARCHIVE).
                type: str
          delete_retention: &delete
            description: When recordings are deleted.
            type: dict
            suboptions:
              days:
                description: Number of days after the conversation.
                type: int
      initiate_screen_recording:
        description: Records the screens of agents. V(null) ends that.
        type: dict
        suboptions:
          record_acw:
            description: Whether after-call work is recorded too.
            type: bool
          archive_retention: *archive
          delete_retention: *delete
      integration_export:
        description: Exports recordings by an integration.
        type: dict
        suboptions:
          integration:
            description: Name or ID of the integration, which the same task of the org may create.
            type: str
            required: true
          should_export_screen_recordings:
            description: Whether screen recordings are exported too. The API's default is V(true).
            type: bool
      assign_evaluations:
        description: Assigns each conversation for an evaluation.
        type: list
        elements: dict
        suboptions:
          evaluation_form: &form
            description:
              - Name or ID of a published evaluation form. A name means its latest published version, so that
                a later version is a change.
            type: str
            required: true
          user:
            description: Name, email address or ID of the evaluator.
            type: str
      assign_metered_evaluations:
        description: Assigns a number of conversations for evaluations.
        type: list
        elements: dict
        suboptions:
          evaluation_form: *form
          evaluators: &evaluators
            description: Names, email addresses or IDs of the evaluators.
            type: list
            elements: str
          max_number_evaluations: &most
            description: The greatest number of evaluations in an interval.
            type: int
          assign_to_active_user:
            description: Whether only active users get evaluations.
            type: bool
          time_interval: &interval
            description: The interval in which evaluations are counted.
            type: dict
            suboptions:
              months: {description: Number of months., type: int}
              weeks: {description: Number of weeks., type: int}
              days: {description: Number of days., type: int}
              hours: {description: Number of hours., type: int}
      assign_metered_assignment_by_agent:
        description: Assigns a number of conversations of each agent for evaluations.
        type: list
        elements: dict
        suboptions:
          evaluation_form: *form
          evaluators: *evaluators
          max_number_evaluations: *most
          time_interval: *interval
          time_zone:
            description: Time zone of the interval, such as V(Europe/Berlin).
            type: str
      assign_calibrations:
        description: Assigns conversations for calibrations.
        type: list
        elements: dict
        suboptions:
          evaluation_form: *form
          calibrator:
            description: Name, email address or ID of the user who calibrates.
            type: str
          evaluators: *evaluators
          expert_evaluator:
            description: Name, email address or ID of the expert.
            type: str
      assign_surveys:
        description: Sends surveys to customers.
        type: list
        elements: dict
        suboptions:
          survey_form:
            description: Name or ID of a published survey form. A name means its latest enabled version.
            type: str
            required: true
          flow:
            description: Name or ID of the flow of the type C(surveyinvite) that sends the survey.
            type: str
          invite_time_interval:
            description: Repeated interval of ISO 8601. The API's default is V(R1/P0M).
            type: str
          sending_user:
            description: The sender's address before the domain. Without it, the sender takes no replies.
            type: str
          sending_domain:
            description: Validated domain of the sender's address.
            type: str
            required: true
  conditions:
    description:
      - The conversations for which the policy acts, of all media. Order and repetition in lists do not
        matter.
    type: dict
    suboptions:
      for_users: &users
        description: Names, email addresses or IDs of users who take part.
        type: list
        elements: str
      for_queues: &queues
        description: Names or IDs of queues.
        type: list
        elements: str
      wrapup_codes: &codes
        description: Names or IDs of wrap-up codes.
        type: list
        elements: str
      teams: &teams
        description: Names or IDs of teams.
        type: list
        elements: str
      date_ranges: &dates
        description:
          - Ranges of dates in ISO 8601, such as V(2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z).
        type: list
        elements: str
      time_allowed: &times
        description: The times of a week at which a conversation begins.
        type: dict
        suboptions:
          time_slots:
            description: The slots of time. A given list replaces all of them.
            type: list
            elements: dict
            suboptions:
              start_time:
                description: Beginning, such as V(08:30) or V(08:30:00.000), in quotes.
                type: str
                required: true
              stop_time:
                description:
                  - End, in the same form, not before O(conditions.time_allowed.time_slots[].start_time).
                  - A slot over midnight is two slots.
                type: str
                required: true
              day:
                description: Day of the week, 1 (Monday) to 7 (Sunday).
                type: int
                required: true
          time_zone_id:
            description: Time zone, such as V(Europe/Berlin).
            type: str
      directions: &directions
        description: V(INBOUND), V(OUTBOUND) or both.
        type: list
        elements: str
      duration: &duration
        description: Length of the conversation.
        type: dict
        suboptions:
          duration_target:
            description: V(DURATION) or V(DURATION_RANGE).
            type: str
          duration_mode:
            description: V(Between), V(Over) or V(Under).
            type: str
          duration_operator:
            description: Operator, in the API's form.
            type: str
          duration_range:
            description: Range, in the API's form.
            type: str
      media_types:
        description: V(CALL), V(CHAT) or both.
        type: list
        elements: str
      customer_participation: &customers
        description: Whether a customer takes part, V(YES) or V(NO), in quotes.
        type: str
  media_policies:
    description:
      - Actions and conditions of single media, with the suboptions of O(actions) and O(conditions). A medium
        has only some of the conditions. V(null) removes those of a medium.
    type: dict
    suboptions:
      call_policy:
        description: Actions and conditions for calls.
        type: dict
        suboptions:
          actions: &actions_of_medium
            description: What the policy does with the conversations.
            type: dict
            suboptions: *actions
          conditions:
            description: The conversations for which it does so.
            type: dict
            suboptions:
              for_users: *users
              for_queues: *queues
              wrapup_codes: *codes
              teams: *teams
              date_ranges: *dates
              time_allowed: *times
              languages: &languages
                description: Names or IDs of languages.
                type: list
                elements: str
              directions: *directions
              duration: *duration
      chat_policy:
        description: Actions and conditions for chats.
        type: dict
        suboptions:
          actions: *actions_of_medium
          conditions:
            description: The conversations for which it does so.
            type: dict
            suboptions:
              for_users: *users
              for_queues: *queues
              wrapup_codes: *codes
              teams: *teams
              date_ranges: *dates
              time_allowed: *times
              languages: *languages
              duration: *duration
      email_policy:
        description: Actions and conditions for emails.
        type: dict
        suboptions:
          actions: *actions_of_medium
          conditions: &of_messages
            description: The conversations for which it does so.
            type: dict
            suboptions:
              for_users: *users
              for_queues: *queues
              wrapup_codes: *codes
              teams: *teams
              date_ranges: *dates
              time_allowed: *times
              languages: *languages
              customer_participation: *customers
      message_policy:
        description: Actions and conditions for messages.
        type: dict
        suboptions:
          actions: *actions_of_medium
          conditions: *of_messages
"""
